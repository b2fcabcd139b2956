"""What a decision is taken with and gathered in: versions ready for deciding, the person's situation, runs of steps, ports.

Knows no rule of who comes in or goes on; the packages `rules` and `loop` are built on it.

- `plan.Plan`: one version of a track: who follows whom, compiled conditions, what is shared.
- `inputs.View`: the pinned version, the version in force and the fold of the track; `input_builder.person_view` makes it.
- `situation.Situation`: answers what a condition asks of one person on one day.
- `step_runs.ChainState`: which steps of the chain count as ended, and what each result leads to (rules R19-R24).
- `decision_context.DecisionContext`: gathers events, later days, claims and todos while the rules are asked.
- `ports.Versions`, `Ledger`, `Book`: what is asked of whatever keeps the data; `present.Present`: a book caught up (`tracks.engine`).

May import: `definitions` and `tracks.events`.

Where to go: what a condition may ask, `situation.py`; how lengths and deadlines are counted, `inputs.py`; a new question to
the store, `ports.py`, then the ledgers in `tracks.storage`.
"""
