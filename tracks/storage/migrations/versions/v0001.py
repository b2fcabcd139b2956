"""The first schema: the log with its guards, the snapshots, and identity in a table of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create everything."""
    _log()
    _snapshots()
    _derived()
    _people()
    _around()
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )


def _log() -> None:
    op.create_table(
        "event",
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("attempt", sa.SmallInteger, nullable=False),
        sa.Column("effective", sa.Date, nullable=False),
        sa.Column("recorded", sa.String, nullable=False),
        sa.Column("actor", sa.String, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("data", sa.String, nullable=False),
        sa.Column("key", sa.String),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_index("event_key", "event", ["stream", "key"], unique=True, sqlite_where=sa.text("key IS NOT NULL"))


def _snapshots() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("cipher", sa.LargeBinary, nullable=False),
        sa.Column("protected", sa.Boolean, nullable=False),
    )
    op.create_index("person_protected", "person", ["id"], sqlite_where=sa.text("protected"))
    op.create_table(
        "person_number",
        sa.Column("lookup", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.String, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("person_number_person", "person_number", ["person"])
    op.create_table(
        "enrolment",
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("ref", sa.String, nullable=False),
        sa.Column("track", sa.String, nullable=False),
        sa.Column("person", sa.String, sa.ForeignKey("person.id", ondelete="SET NULL")),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("last", sa.Date),
        sa.Column("due", sa.Date),
        sa.Column("shard", sa.SmallInteger, nullable=False),
        sa.Column("start", sa.Date),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("recorded", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
    )
    op.create_index("enrolment_due", "enrolment", ["track", "due", "stream"], sqlite_where=sa.text("due IS NOT NULL"))
    op.create_index("enrolment_ref", "enrolment", ["ref"])
    op.create_index("enrolment_track_ref", "enrolment", ["track", "ref"])
    op.create_index("enrolment_status", "enrolment", ["track", "status", "step"])
    op.create_table(
        "track",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("coupled", sa.Boolean, nullable=False),
        sa.Column("frontier", sa.Date),
        sa.Column("pending", sa.Boolean, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("recorded", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
    )


def _derived() -> None:
    op.create_table(
        "claim",
        sa.Column("track", sa.String, primary_key=True),
        sa.Column("resource", sa.String, primary_key=True),
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempt", sa.SmallInteger, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("rank", sa.String, nullable=False),
    )
    op.create_index("claim_stream", "claim", ["stream"])
    op.create_table(
        "todo",
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("step", sa.String, primary_key=True),
        sa.Column("attempt", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("track", sa.String, nullable=False),
    )
    op.create_table(
        "assigned",
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("known_as", sa.String, nullable=False),
    )
    op.create_index("assigned_person", "assigned", ["known_as"])


def _people() -> None:
    op.create_table("key_print", sa.Column("print", sa.LargeBinary, primary_key=True))
    op.create_table(
        "note",
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("field", sa.String, primary_key=True),
        sa.Column("cipher", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["stream", "seq"], ["event.stream", "event.seq"]),
    )
    op.create_table(
        "employer",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("organisationsnummer", sa.String),
    )


def _around() -> None:
    op.create_table(
        "track_version",
        sa.Column("track", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("compiled", sa.String, nullable=False),
        sa.Column("labels", sa.String, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("stream", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("template", sa.String, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.ForeignKeyConstraint(["stream", "seq"], ["event.stream", "event.seq"]),
    )
    op.create_index("outbox_state", "outbox", ["state", "stream", "seq"])
    op.create_table(
        "run",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("tracks", sa.String, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("recorded", sa.String, nullable=False),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("counts", sa.String, nullable=False),
        sa.Column("flow_run", sa.String),
    )
