"""A track in motion: an enrolment is one participant's way through a declared track. The YAML language stands in `definitions`.

One idea carries it: everything known of a participant on a track stands in one append-only log of status events, the state is
what the log adds up to, and a pure function decides what follows on a day.

Primitives:

- `events.event.Event`, `events.kinds.table.KINDS`, `events.fold.Progress`: the log, its kinds, and what it adds up to.
- `engine.loop.decide.decide`, `engine.loop.advance.advance`: what follows for one, and a unit of tracks from day to day.
- `recording.operations.record_fact`: one person reports one fact; validated, caught up, appended.
- `storage.ledger.SqlLedger`, `storage.memory_ledger.MemoryLedger`: where it is kept.
- `access.ledgers.open_ledger`: how commands and flows open a database; storage and engine are reached in no other way.
- `queries.status.status`, `queries.worklist.worklist`: the answers to staff, without engine and without SQLAlchemy.

The rooms from below: `events`, `engine`, `storage` and `recording` side by side, `audit` and `privacy`, `queries`, `reports` and
`scenarios`, `access`. `errors`, `texts`, `clock` and `files` are known by all rooms and know none. No module knows the command
line or Prefect, and time, ids and randomness are arguments everywhere.

Where to go: what may be reported when, `recording/validation`; what the engine concludes, `engine/rules`; a new kind of event,
`events/kinds` (a recipe stands in CONTRIBUTING.md); what a page counts, `reports/measures`; a column, `storage`.
"""
