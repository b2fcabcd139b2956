"""The demo: the whole product at work on seven systems, through years of virtual time, from one seed. The product does not know it.

Primitives

- `command.demo`: the command. `run.run`: each system in its own years, its reports month by month, one run for each quarter and unit.
- `workspace.make_workspace`: makes its folder where nothing is, or clears that of an earlier demo, and touches no other.
- `cohorts`: the people of each system, their fates, and the caseworker who reports them.
- `results.show`: the pages and the last screen.

The same seed gives the same database, byte for byte: every person has dice of her own (`cohorts.common.own`), nothing reads the clock,
and a test holds the counts against the sources that each cohort names.

What it may know: the rooms below `commands.demo`, `flows` to run with Prefect, and of `tracks` what the product itself uses.

Where to go

- figures of a system: its module in `cohorts`, with the table of ways
- another system: a module there, an example folder, and a row in `cohorts.registry`
- what the last screen says: `results`
"""
