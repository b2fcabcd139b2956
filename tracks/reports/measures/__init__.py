"""Measures: who is counted, among whom, on which day, and everything needed to check a share by hand.

- `population.CaseRecord`: one enrolment as it is counted; `population.CaseEnv`: what was true of it on one day.
- `collector.collect`: the records of some tracks out of a ledger, as of a day and as known before an instant.
- `indicators.measure_goals`, `indicators.GoalMeasurement`: the goals of a track, measured.
- `breakdowns`: the same population by outcome and by group, with small counts hidden; `headcounts`: who stands where.
- `figures.hidden_figures`: what is hidden over all tables of a report, and over a programme and its tracks; every form asks it.
- `shown_counts`: the same counts as the picture, Prefect and the demo show them.
- `conditions.compile_conditions`: conditions as measures ask them.

The room knows the events and the conditions of definitions; no text, no page. The rules are R47, R50 and R51 of `definitions/language.md`.
"""
