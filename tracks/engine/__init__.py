"""The engine: what follows for each person, on each day, from what people have recorded. Pure: no clock, no ids, no store.

A status event takes this way:
`commands/recording` → `tracks/recording` (validate) → `tracks/engine/loop` (decide) → `tracks/events` (seal, fold) →
`tracks/storage` (write) → `tracks/queries` (ask) → `commands/queries` (print).

**The slice loop.** Tracks whose people share something (places, dated starts, a minimum, a step about an employer or a
start, a transfer to each other) are decided together, day by day; each such day is a slice.

1. Every write catches up first: all that is due by its day is decided before the new fact is known. A place that fell
   vacant is therefore given on what was known before the fact, whoever runs first.
2. Slices are taken in order of date, and the pending one first: a slice is marked pending with its first batch and freed
   of the mark only when nothing more is given, so whoever comes after a crash goes on in the middle of it.
3. Within a slice two things take turns until the second gives nothing: everybody who is due is decided, in batches and in
   any order; then what is free is given, by the claims alone. Only through what is given does one person reach another.
4. On a track that shares nothing there are no slices: each enrolment runs through all its days at once.
5. A fact about an earlier day, or a correction, decides that one person again from the start and appends the difference.
6. What was said of a track and is put right does so with everybody whom it reached, as if it had been so from the start; what people
   have said since stands. What the track itself was given by it (a start held, a shared step begun or ended) is withdrawn where it
   would never have been given. A start whose day went by uncounted is counted as on its day, by what was known then, since nobody
   gets anything by being held; places, as ever, are given from the day of the correction on.

Primitives:

- `context.plan.Plan`: one version of one track, ready for deciding.
- `context.inputs.View`: what a decision is taken with: the pinned version, the one in force, the track's own fold.
- `context.decision_context.DecisionContext`: gathers one decision while the rules are asked.
- `context.ports.Ledger`, `Book`: what engine and recording ask of whatever keeps the data.
- `loop.decide.decide`: (view, progress, day) to the events of the day and the next day to ask.
- `loop.advance.advance`: takes a unit of tracks up to a day.
- `loop.retroactive.decide_again`: late facts and corrections; `loop.track_anew.decide_track_again`: those of a track.
- `context.present.Present`: what a write reads and writes.

May import: `definitions` (model, conditions) and `tracks.events`. Never storage, recording or queries, not even for
typing. Within: `loop` asks `rules`, `rules` ask `context`, never the other way.

**The door of time.** A write is told of a `context.present.Present` and reads nothing else; the loop alone makes one
(`loop.present`, which an import contract keeps for `tracks.recording.writes`). What passes: the first time that anything of a unit
is read its due days are decided, so that what a write reads, and what a version makes one unit with its track, is never of
yesterday. Each unit is written with its own clock: that of the command or, where it has been taken further, its own last instant.
So a track that is ahead drags no other; from another unit it is read as it stood on the day of the command.

Where to go: a rule of the language, `rules` (its number stands in `definitions/language.md`); the order of a queue,
`rules/allocation.py`; who goes on to which step, `rules/chain.py`; what stands on a worklist, `rules/obligations.py` and
`rules/track_todos.py`; what is due when, `loop/advance.py`.
"""
