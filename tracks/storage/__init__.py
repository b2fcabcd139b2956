"""Storage: the database, and nothing that decides.

One write is one transaction: events, the snapshots that they lead to, and the claims and todos that follow, together or not at all.
What is decided before it goes in batches, a transaction each (`tracks.recording` says when), so that no lock is held for long.
The log is append-only; all else can be made anew from it (`tracks.audit.rebuild`).

- `ledger.SqlLedger`: the ports of the engine on a database; `memory_ledger.MemoryLedger`: the same over lists, for simulation.
- `session.Session`: transactions that join an outer one, rows in and out.
- `rows`: the columns of each table, written once, and rows to values and back; light.
- `tables`: the schema as SQLModel classes, whose columns are those of `rows`; `statements`: Core statements over them.
- `reads`: the questions that the store and the light readers share, each once, as text; light.
- `dialects`: what one kind of database says in its own way; nothing else names a driver.
- `database`: opens, creates and upgrades; `migrations`: the history of the schema.

This room may know `tracks.events`, the context of the engine (plans, compiled tracks) and `tracks.errors`. It knows no rule, no query
and no command, and is known by `audit`, `privacy`, `queries` (the light modules and `reads` only) and `access`.

Changes and where they go: a new column – the field of the value in `tracks.events`, and a migration; a new table – `tables`, a
migration, `statements`; a new question of a ledger – the port in `tracks.engine.context.ports`, `statements`, both ledgers; a
question of the light readers – `tracks.queries`, and `reads` where the store asks it too; another database – `dialects`.
"""
