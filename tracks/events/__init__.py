"""The log: what an event is, which kinds there are, and what a stream of events comes to. Pure, and quick to import.

Primitives:

- `event.Event`, `event.Draft`: a row of the log, and what has no place in it yet.
- `kinds.table.KINDS`: the one typed table of the kinds of events; every list of kinds derives from it.
- `fold.Progress`: what the standing events of a stream say, by field; `fold.evolve` adds one event, `fold.fold` takes a stream.
- `fold.standing`: which events stand, once withdrawals and corrections are applied.
- `hash_chain.append`: gives drafts their place in a stream, holds them against their kind, and seals them.
- `snapshots.Enrolment`, `snapshots.TrackRow`: the rows that follow from a stream and that the engine reads and writes.
- `status.Status`: the statuses of an enrolment, and the groups of them that rules speak of.

Small texts that the log and its tables hold are values with one parse and one text each: `streams`, `resources`, `ranks`, `todos`.

An event has an `effective` date (in Stockholm), which all rules count in, and a `recorded` instant (UTC text), which orders what was
known. `data` is a JSON object of the form that the kind declares, `version` the number of the track's version it was written under.

It may know `definitions.model` and nothing else of the project: no track in force, no rule, no database, no text for people. The
loop that decides and the reading of a status both live on this room, so what stands here is held against `bench_advance.py` and
`bench_status.py`.

Where to go:

- A new kind of event, or a field of its data: `kinds/facts.py`, `kinds/track_facts.py` or `kinds/conclusions.py`.
- In which statuses a fact is taken, what of it may be corrected, what it sets: the same entry.
- How two values of one field meet: `fold.evolve`. How a status follows from the fields: the end of `fold.py`.
- A code that stands for free text, such as a reason: `codes.py`, and its words in the catalogue of `tracks`.
- What becomes of a letter whose cause is put right: `outbox.py`.
"""
