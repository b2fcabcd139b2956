"""The Prefect flows that drive the engine. Nothing else in the project knows Prefect, and nothing here knows the command line.

Primitives

- `advance.advance`: the flow. It plans the units, runs one task for each, verifies what was written and publishes counts.
  Waiting is a row with a due date in the database, never a sleeping flow.
- `port.Operations`: what the flow calls to get its work done, with `port.FlowRun` (one order) and `port.Tally` (what came of it).
- `adapter.LedgerOperations`: those operations on a real database; `adapter.bound_operations` finds them in a flow's process.
- `runner.advance`: the one way to run the flow from a command: settings, server, flow, errors; what Prefect fails in is done without it.
- `watch.watched` and `course.Course`: the flow runs in a thread, and whoever waits for it knows how far it has come and what to end.
- `local_server.up`, `find` and `down`: the workspace's own Prefect server; its process is `server_process`.
- `addresses.foreign`: the server elsewhere that the operator names.
- `errors.guarded`: every call of the engine from a flow goes through it, so that no text of an error reaches Prefect.
- `deployments.serve` and `deploy`: the same flow on a schedule.

Two doors

- *Our server*: a `server_note.Server` is made by `proved` alone, where the process bears the mark of the note. Whoever ends a server, or
  reports to our own, asks for one, so that nothing foreign is ended or told.
- *Show*: what is only for show, in `show`, goes through `_only_shown`, which never raises, also not what is no Exception, and never takes
  long. The work does not depend on being seen.

What a flow may show

Prefect keeps parameters, results, exceptions and artifacts in clear. So parameters are ids of tracks, days and instants; an error is an
`EngineError` without its text; `show` masks small counts. The database is bound in the process or named by the environment.

What it may know: of `tracks`, what a run needs (advance, verify, runs, counts); `definitions` for its catalogue. `prefect_settings` is
applied before Prefect is imported, because Prefect reads its settings once, so nothing imports Prefect at the top but `advance`,
which is imported late.

Where to go

- another task in the flow, retries: `advance`; time limits: `watch`
- what the UI shows of a run: `show`, with its texts in `locales/`
- a setting of Prefect: `prefect_settings.FIXED`
- the server does not start or stop: `local_server`; what it answers: `server_process`
- schedules and workers: `deployments`
"""
