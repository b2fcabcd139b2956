"""Queries: what people ask of a database, as values; words and tables are made of them by `commands` and `reports`.

- `reader.DatabaseReader`, `reader.reading`: a database opened for reading; all answers within come from one state of it.
- `moment.Moment`: now, or a day as it was and an instant before which it was known.
- `status`, `track_status`, `people`, `worklist`, `caseloads`: where one, a track, or everybody stands, and what is to be done.
- `histories`, `exports`: whole logs, for what is counted over everybody and for other systems.
- `explain`: why, queues, starts and employers, and all of it as it was on a past day; it asks the engine.

The modules beside `explain` are light: imports are nearly all that a short answer costs, so they know `tracks.events`, the text
queries of `tracks.storage.reads` and the standard driver, but neither SQLAlchemy nor the engine. An import contract keeps it so.
Only `explain` may know the engine. No module here writes, and none is known by `storage`, `recording` or the engine.

Changes and where they go: a question of one person – `status`; of a track – `track_status`; another filter of the worklist –
`worklist.Which`; something that must be worked out and not only read – `explain`; how it reads – `commands.wording`.
"""
