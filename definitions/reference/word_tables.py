"""The words of the language by table, as `explain` and the manual go through them: the Swedish word of each English one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.model import vocabulary as v
from definitions.scenarios import phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD_TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "operator": v.OPERATORS, "function": v.FUNCTIONS, "fact": v.BUILT_IN, "in_track": v.IN_TRACK, "sex": v.SEX, "schooling": v.SCHOOLING,
    "result": {**v.RESULTS, **v.SKIPPED}, "outcome": v.OUTCOMES, "fact_type": {**v.FACT_TYPES, **v.YES_NO},
    "unit": {unit: shown[1] for unit, shown in v.UNITS_SHOWN.items()},
    "point": {**v.ANCHORS, **v.STEP_ANCHORS, **v.WHEN_NEEDED, **v.POINT_WORDS}, "action": v.ACTIONS, "track_type": v.TRACK_TYPES,
    "step_type": {kind: kind for kind in v.STEP_TYPES}, "subject": v.SUBJECTS, "access": v.ACCESS, "ground": v.GROUNDS,
    "start": v.ROLLING, "unlimited": v.UNLIMITED, "pauses": v.PAUSES, "notes": v.NOTES, "queue": {**v.ORDERS, **v.DIRECTIONS},
    "population": v.POPULATIONS, "measured": v.MEASURED,
    "status": v.GOAL_STATUS, "money": v.WEEKLY,
    "said": {one.english: one.swedish for one in phrases.STATEMENTS},
    "expected": {one.english: one.swedish for one in phrases.EXPECTATIONS},
    "detail": phrases.DETAILS, "about": phrases.SUBJECTS, "case": {**phrases.NOT, **phrases.NEVER, **phrases.DAYS},
    "standing": v.STATUSES, "reason": v.REASONS, "channel": v.CHANNELS, "decision": v.DECISIONS,
}  # fmt: skip
