"""Explain: answers that are worked out with the engine, now or as all stood on a past day; never written.

- `as_of_ledger.ledger_at`: the ledger of a moment: `CurrentLedger` over the snapshots, `PastLedger` folded from the logs.
- `as_of`: stands, tasks and counts of a past day, in the values of the light queries.
- `why`, `why_step`: what an enrolment waits for, since when, and who can change it.
- `queues`, `starts`, `employers`: the lines for places, the starts of a track, and what employers have to do with whom.
- `known_facts`: on what grounds something is known; `step_counts`: how many stand where, in plain numbers.

It may know the engine (context, rules and the deciding of one day), the light queries, and `tracks.privacy` for counts. It is imported
only where one of these answers is wanted, because it brings along the models of tracks.

Changes and where they go: another reason for waiting – `why_step`, with its text in `commands`; another way of ordering a queue –
the engine's `allocation`, and `queues.compared` for what is shown of it; another fact that events make known – `known_facts`.
"""
