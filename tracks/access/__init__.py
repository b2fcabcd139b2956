"""Access: the one room through which `commands` and `flows` come to a database and to the engine.

Whoever writes asks for a ledger here, hands it to `tracks.recording`, and never sees SQL, a connection or the slice loop.
Whoever only reads asks `tracks.queries.reader` instead, which is light: this room brings SQLAlchemy along.

- `ledgers.open_ledger`: a ledger for the time of a `with`; `ledgers.kept_ledger`: one on an engine that a process keeps.
- `ledgers.create_database`: makes a database where there is none; `ledgers.path_of` and `ledgers.REVISIONS`: its file, its schema.
- `runs`: an advance as it is kept beside the log, and the advance of one unit of tracks.
- `views`: what decisions are taken with, for commands that put them into words.

This room may know every room of `tracks` below it. Only `commands` and `flows` know it; besides it they may know `recording`,
`queries`, `reports`, `scenarios`, `privacy`, `audit`, the typed events, and what stands beside the rooms (`errors`, `texts`, `clock`,
`files`). Storage and engine are out of their sight, and an import contract keeps it so.

Changes and where they go: another kind of database – `tracks.storage.dialects`, nothing here; a new verb of the ledger –
`tracks.storage.ledger` and the port in the engine; something that several commands do with an open ledger – `tracks.recording`.
"""
