"""What people report, made into events: validated against the fold, appended, and decided upon, in one transaction.

Primitives:

- `reported_fact.ReportedFact`: a fact as a person reports it; `reported_fact.FactContext`: what it is validated against.
- `drafts.CheckedFact`: the door of facts. It is made only of a fact that was held against all that its kind asks, and `append_fact`
  takes nothing else; `drafts.enrolment_told`: of whom the same has been said already, asked first of all.
- `operations.record_fact`: the way of every fact about a participant; `operations.correct`: one that was wrong.
- `enrolment.enrol` and `transfers.transfer`: the facts that open a stream; `track_facts`: those about a track itself.
- `references.merge`: what is said of a participant on all of her enrolments.
- `operations.Recorded`: what a write appended. What has been said already is answered as `repeated`, and nothing is written.
- `refusals`: the codes of everything that a fact can be refused for.
- `bulk.write_many` and `bulk.replay`: many facts as one write; `write_buffer.Buffered`: the ledger that makes that quick.
- `dry_run.previewed`: the same verbs over a ledger that is only read.

Every write has five parts, in this order: answer what has been said already (of whichever enrolment, before it is asked which is
meant), catch up (decide all that is due, so that nothing new is judged by yesterday's state), validate, append, decide again where
the fact is late. A refusal is raised before anything is appended; the transaction sees to
the rest.

It may know: the engine, the events, and definitions. It may not know: a database (it is given a `Book`, see
`tracks.engine.context.ports`), queries, reports, and the command line.

Where to go:

- A fact is to be checked more, or less: the function of its kind in `validation/`.
- A new kind of fact: CONTRIBUTING has the recipe; it begins in `tracks.events.kinds`.
- A new refusal: a constant in `refusals.py` and its text under that key in the catalogue of `tracks`, in both languages.
- What a correction may change: `corrections.py`; what it reports of its effects: `correction_effects.py`.
- What is caught up before a write: `operations.catch_up` and `operations.catch_up_participant`.
"""
