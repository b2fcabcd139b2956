"""The rules of the language, each asked with a decision context; `definitions/language.md` numbers them.

- `admission.decide_admission`: entry conditions, waiting list, offers, day of admission (R35-R42).
- `chain.decide_chain`: which steps run, what results lead to, when all is done (R7-R24, R43).
- `step_entry.enter_step`: condition, requirement, employer, day and place before a step starts (R10-R13, R33, R34).
- `obligations.continue_run`: reports, contacts and facts that a running step asks for (R4, R14, R16).
- `parallel_steps.decide_parallel_steps`: steps beside the chain, also after exit (R25-R31).
- `shared_steps.claim_shared_steps`: steps about an employer or a start (R32).
- `allocation.decide_grants`: who is proposed or given a place on a slice's day, from the claims alone (R34-R40).

`employers` says at which employer a step is (R21, R33), `points` counts the days that points of the language mean, `orphaned_facts`
finds facts that do not fit any more, and `track_todos` lists what people should do about the track itself.

May import: `definitions`, `tracks.events` and `tracks.engine.context`; never the loop.

A rule concludes with `context.emit`, claims and asks through the context, and names each day on which its answer could
change with `context.has_come`, or adds it to its `later`: a day that is not named is a day on which nobody looks.
"""
