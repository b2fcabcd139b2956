"""Commands for those who run the program: let the engine decide what is due, start and stop the server, look whether all is well.

Primitives

- `advance`: `advance` runs what is due, through Prefect or in this process; `up` and `down` start and stop Prefect's local server.
- `maintenance`: `verify` compares the log with itself and with all that follows from it.
- `doctor` looks at versions, files, key, clock, the last run, and the server that runs go to; it says only what it has looked up.

What it may know: the rooms below `commands.admin`; of `flows` the runner, the port, the adapter and the server; of `tracks` the rooms
`access`, `audit`, `privacy`, `queries` and `recording`.

Where to go

- what a run does, its retries and what Prefect shows: `flows`
- another check of the log: `tracks.audit`
- another row of `doctor`: `doctor`, with its name in `locales/` (`doctor.row.NAME`)
"""
