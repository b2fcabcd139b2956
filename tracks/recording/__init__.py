"""What people report, made into events: validated against the fold, appended, and decided upon, in one transaction.

Primitives:

- `reported_fact.ReportedFact`: a fact as a person reports it; `reported_fact.FactContext`: what it is validated against.
- `drafts.CheckedFact`: the door of facts. It is made only of a fact that was held against all that its kind asks, and `append_fact`
  takes nothing else; `drafts.enrolment_told`: of whom the same has been said already, asked first of all.
- `operations.record_fact`: the way of every fact about a participant; `operations.correct`: one that was wrong.
- `enrolment.enrol` and `transfers.transfer`: the facts that open a stream; `track_facts`: those about a track itself;
  `track_corrections.correct_on_track`: one of the latter that was wrong. All but the version in force can be taken back.
- `references.merge`: what is said of a participant on all of her enrolments.
- `operations.Recorded`: what a write appended. What has been said already is answered as `repeated`, and nothing is written.
- `refusals`: the codes of everything that a fact can be refused for.
- `bulk.write_many` and `bulk.replay`: many facts as one write; `write_buffer.Buffered`: the ledger that makes that quick.
- `writes.write`: the one way to write; `writes.tried`: the same, and nothing is kept; `write_buffer.Preview`: what both try on.

Every write has five parts, in this order: answer what has been said already (of whichever enrolment, before it is asked which is
meant), catch up (decide all that is due, so that nothing new is judged by yesterday's state), validate, append, decide again where
the fact is late. All but the second are a function that is told of a `Present` (see `tracks.engine`), which does that wherever it is
read; a verb with a clock wraps it in `writes.write`, and one whose name ends in `_within` or `_of` is that function, for a command
that says several things as one. What only people say is asked for once before it too, of the ledger as it stands. A write by which
nothing new is said is taken back, with all that was caught up for it.

**What is refused writes nothing, and no lock is held for long.** The transaction of a write decides no more than a batch of what
is due. Where more is due it is taken back, and three things follow: the write is tried over a `Preview`, without a lock, so that
what will be refused is refused while nothing is written, not even what was caught up for it; what the trial read is caught up in
batches, a transaction each; and the write is done, by now with little to decide before it. If somebody else's write comes in
between and it is refused only then, what was caught up stays: it is what any advance would have written. The rows of a file are one
transaction, and what is due between the days of a replay is part of them. What is kept beside the log, an identity or a free text,
goes through `Present.beside`, which a trial leaves out. A dry run is the trial alone, and does on a database that may only be read.

It may know: the engine, the events, and definitions. It may not know: a database (it is given a `Book`, see
`tracks.engine.context.ports`), queries, reports, and the command line.

Where to go:

- A fact is to be checked more, or less: the function of its kind in `validation/`.
- A new kind of fact: CONTRIBUTING has the recipe; it begins in `tracks.events.kinds`.
- A new refusal: a constant in `refusals.py` and its text under that key in the catalogue of `tracks`, in both languages.
- What a correction may change: the kind's `corrects`, and `corrections.py`, of a track `track_corrections.py`; what it reports of its
  effects: `correction_effects.py`.
- What is caught up before a write, and with which clock: `tracks.engine.loop.present`; when it is tried first: `writes`.
"""
