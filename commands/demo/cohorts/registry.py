"""The seven systems as the demo runs them: where their tracks are, when they ran, and who tells what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from commands.demo.cohorts import dua, filur, goteborg, jobbnatet, jonkoping, matchning, stockholm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from commands.demo.cohorts.common import Caseworker, Fate


@dataclass(frozen=True, slots=True)
class Cohort:
    """One system. `weekly` says that places are offered, so that the queue must be looked at each week."""

    name: str
    folder: str
    tracks: tuple[str, ...]
    first: date
    until: date
    weekly: bool
    fates: Callable[[int], list[Fate]]
    caseworker: Callable[[Sequence[Fate], int], Caseworker]


# In the order of the last screen. Where places are offered, a month is played in weekly parts.
COHORTS: Final = (
    Cohort("Jobbnätet", "jobbnatet", (jobbnatet.TRACK,), jobbnatet.FIRST, jobbnatet.UNTIL, True, jobbnatet.fates, jobbnatet.caseworker),
    Cohort(
        "Jobbtorg Jönköping", "jobbtorg-jonkoping", (jonkoping.ADULTS, jonkoping.RESOURCE, jonkoping.YOUNG), jonkoping.FIRST,
        jonkoping.UNTIL, False, jonkoping.fates, jonkoping.caseworker,
    ),
    Cohort("Filur", "filur", (filur.TRACK,), filur.FIRST, filur.UNTIL, True, filur.fates, filur.caseworker),
    Cohort(
        "Jobbtorg Stockholm", "jobbtorg-stockholm", (stockholm.TRACK,), stockholm.FIRST, stockholm.UNTIL, False, stockholm.fates,
        stockholm.caseworker,
    ),
    Cohort(
        "Stockholm Matchning", "stockholm-matchning", (matchning.TRACK,), matchning.FIRST, matchning.UNTIL, True, matchning.fates,
        matchning.caseworker,
    ),
    Cohort(
        "Göteborg, Välkommen till framtiden", "goteborg", (goteborg.TRACK,), goteborg.FIRST, goteborg.UNTIL, True, goteborg.fates,
        goteborg.caseworker,
    ),
    Cohort("DUA, lokala jobbspår", "dua", (dua.BUILDING, dua.CARE), dua.FIRST, dua.UNTIL, True, dua.fates, dua.caseworker),
)  # fmt: skip
