"""Dialects: what one kind of database says in another way than the next, and nothing besides.

- `words.Words`: the few pieces of SQL text in which databases differ, for the light readers, which write their queries as text.
- `words.Source`: whoever answers rows of SQL text, a session of the store or a light reader.
- `protocol.Dialect`: the same for the store, on SQLAlchemy Core: engines, upserts, lists as one parameter, faults of the driver.
- `sqlite_file`: the words of SQLite, its file, and reading it by the standard driver alone; light.
- `sqlite`: SQLite as the store opens and asks it: pragmas, `BEGIN IMMEDIATE`, `json_each`, integrity.

Only this package names a driver or a database. It knows `tracks.errors` and SQLAlchemy; `tracks.storage` and the reader of
`tracks.queries` know it. A module that implements a protocol is the implementation: there is one of each, and no state.

Another database is an addition here: its words (`stream = ANY(?)` for a list as one parameter, its own mark for parameters), its
engine (`FOR UPDATE` where SQLite begins with `BEGIN IMMEDIATE`), its `insert` with `ON CONFLICT`, the classes of its faults, the partial
indexes of `tracks.storage.tables`, and a migration with the triggers that keep the log append-only. `tracks.storage.database` and
`tracks.queries.reader` choose by the address.
"""
