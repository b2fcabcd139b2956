"""A track's own tests run on the engine itself, over lists in memory and in virtual time; and how much of a track they try.

`definitions.scenarios` has parsed the cases. Here each sentence of `when` becomes the operation that the command of the same words
calls, so that a case meets every check of that command, and each sentence of `then` is compared with the log and the snapshots.

Primitives:
    runner.run_case: one case, from its first day to its last; answers with `runner.CaseResult` and its `CaseFailure`s.
    runner.CaseObserver: what follows a case while it runs.
    actions.refer, actions.perform: what people say, performed.
    expectations.check_event, check_state: whether an expected sentence holds, and what happened instead.
    branches.list_branches: every way that a track may take; coverage.Coverage: those that some case took,
    with `event_branches`, which tells the branch of each event.
    source_places.locate_failure: where in the track's file stands what a failure is about.

May import: `definitions.scenarios`, `recording`, `storage.memory_ledger`, `engine`, `events`, `tracks.clock`. May not: the database,
YAML, the system's clock; the contract "Deciding is pure" names every module here.

Commonest changes:
    What a new sentence does: `actions.perform` (a fact with its data needs nothing, but where event and sentence call something by
    different names: `actions._EVENTS`), or `expectations.check_state` for how things stand.
    A new key of the language that opens a way: its branches in `branches`, what takes them in `event_branches` or `coverage`.
    Where a failure points to: the tables of `source_places`.
    How a failure is worded: not here but in `commands.authoring.test_report`.
"""
