"""Validation: whether a fact can be true of an enrolment, or of a track, and what it implies.

- `validators.validate`: the one door for facts of an enrolment: what is asked of every fact, then the validator of its kind.
- `validators.VALIDATORS`: the validators by kind; a kind that is not there has the general one, which holds the data against the
  typed data of its kind (`validators.typed_data`).
- `steps`, `intake`, `deviations`, `exits`: the validators, by what they are about; `employer_names`: which employer a name means.
- `track.check_shared`: facts of a track itself.

A validator takes the enrolment with its surroundings (`FactContext`) and the fact, and answers the fact as it will be written: with
the number of the run that it is about, and with what it implies. It raises a refusal whose text names the remedy, and writes
nothing. In which statuses a kind is taken at all stands in the table of kinds and is asked before.

It may know the engine's context and rules, because a fact is refused for what the rules would make of it; no ledger, no command.

Where to go: a kind gets a check of its own as a function in one of these modules and a row in `VALIDATORS`; what a correction may
make of a fact is `tracks/recording/corrections.py`, which asks the same `known_…` functions.
"""
