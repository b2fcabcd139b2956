"""What verification says about a break it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "missing": {
        "sv": "{stream}: händelse {seq} saknas i loggen.",
        "en": "{stream}: event {seq} is missing from the log.",
    },
    "changed": {
        "sv": "{stream}: händelse {seq} är ändrad, eller står på en annans plats.",
        "en": "{stream}: event {seq} was changed, or stands in another's place.",
    },
    "unreadable": {
        "sv": "{stream}: händelse {seq} går inte att läsa.",
        "en": "{stream}: event {seq} cannot be read.",
    },
    "head": {
        "sv": "{stream}: loggen slutar inte med händelse {seq} som ögonblicksbilden säger.",
        "en": "{stream}: the log does not end with event {seq} as the snapshot says.",
    },
    "snapshot": {
        "sv": "{stream}: ögonblicksbilden ({what}) stämmer inte med loggens {seq} händelser.",
        "en": "{stream}: the snapshot ({what}) is not what the {seq} events of the log add up to.",
    },
    "no_snapshot": {
        "sv": "{stream}: det finns {seq} händelser men ingen ögonblicksbild.",
        "en": "{stream}: there are {seq} events but no snapshot.",
    },
    "orphan": {
        "sv": "{stream}: det finns köplatser eller uppgifter att göra men ingen inskrivning.",
        "en": "{stream}: there are claims or things to do but no enrolment.",
    },
    "version": {
        "sv": "{stream}: version {seq} av spåret är ändrad sedan den sattes i kraft.",
        "en": "{stream}: version {seq} of the track was changed after it was put in force.",
    },
    "tail": {
        "sv": "{stream}: slutet av loggen är borta; händelse {seq} fanns när förteckningen skrevs.",
        "en": "{stream}: the end of the log is gone; event {seq} was there when the list of heads was written.",
    },
    "replaced": {
        "sv": "{stream}: händelse {seq} är en annan än när förteckningen skrevs.",
        "en": "{stream}: event {seq} is another than when the list of heads was written.",
    },
    "damage": {
        "sv": "Databasfilen är skadad: {what}.",
        "en": "The database file is damaged: {what}.",
    },
}
