"""Constructed people of seven systems that existed: how many came, which way each went, and who reports it.

Primitives

- `common.Fate`: one enrolment's lot, settled before anything happens; `common.Story`: the reports that follow from it;
  `common.DatedFact`: one of them; `common.Caseworker`: the diary of all, who also answers what the engine proposes.
- `registry.COHORTS`: the seven, with their tracks and years.
- `driver.play_month`: writes a month's reports through the same door as an import.
- one module a system: `jobbnatet`, `jonkoping` (Jobbtorg Jönköping), `filur`, `stockholm`, `matchning` (Stockholm Matchning),
  `goteborg`, `dua`.

The quotas are those of the published results and are dealt exactly (`common.deal`, `common.draw`); only days and small turns are drawn.
No module knows another's, and none knows the database: `driver` alone writes.
"""
