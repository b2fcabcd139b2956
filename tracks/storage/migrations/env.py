"""What alembic runs: it migrates over the connection, and inside the transaction, of its caller."""

from alembic import context
from sqlmodel import SQLModel

import tracks.storage.tables  # noqa: F401 - importing the module fills the metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata, render_as_batch=True, transactional_ddl=True
)
context.run_migrations()
