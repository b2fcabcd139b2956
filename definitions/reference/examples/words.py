"""The words of the language by table, and an example for each, in Swedish: the section it is written in, and the key with its value."""

from __future__ import annotations

from typing import Final

from definitions.model import vocabulary as v
from definitions.reference.examples.sentences import SENTENCES
from definitions.scenarios import phrases as p

WORD_TABLES: Final = {
    "operator": v.OPERATORS, "function": v.FUNCTIONS, "fact": v.BUILT_IN, "in_track": v.IN_TRACK, "sex": v.SEX, "schooling": v.SCHOOLING,
    "result": {**v.RESULTS, **v.SKIPPED}, "outcome": v.OUTCOMES, "fact_type": {**v.FACT_TYPES, **v.YES_NO}, "unit": {
        unit: shown[1] for unit, shown in v.UNITS_SHOWN.items()
    }, "point": {**v.ANCHORS, **v.STEP_ANCHORS, **v.WHEN_NEEDED, **v.POINT_WORDS}, "action": v.ACTIONS, "track_type": v.TRACK_TYPES,
    "step_type": {kind: kind for kind in v.STEP_TYPES}, "subject": v.SUBJECTS, "access": v.ACCESS, "ground": v.GROUNDS,
    "start": v.ROLLING, "queue": {**v.ORDERS, **v.DIRECTIONS}, "population": v.POPULATIONS, "measured": v.MEASURED,
    "status": v.GOAL_STATUS, "money": v.WEEKLY, "said": {one.english: one.swedish for one in p.SAID},
    "expected": {one.english: one.swedish for one in p.EXPECTED}, "detail": p.DETAILS, "about": p.SUBJECTS,
    "case": {**p.NOT, **p.NEVER, **p.DAYS}, "standing": v.STATUSES, "reason": v.REASONS, "channel": v.CHANNELS, "decision": v.DECISIONS,
}  # fmt: skip
# By table, or by table and word where the word needs its own; `…` stands for the word.
WORD_EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "operator": ("step", "om: körkort … utvald"),
    "operator.not": ("step", "om: … körkort"),
    "function.result": ("step", "kräver: …(teori) = klar"),
    "function.days_since": ("target_group", "krav: …(inskriven) > 365"),
    "function.known": ("step", "kräver: …(körkort)"),
    "function.lasted": ("goal", "räknar: …(1 månad)"),
    "fact.age": ("condition", "regel: … >= 18"),
    "fact.outcome": ("goal", "räknar: … = arbete"),
    "fact.sex": ("goal", "bland: … = kvinna"),
    "fact.schooling": ("goal", "bland: … >= gymnasium"),
    "fact.channel": ("goal", "bland: … = aktivitetsgaranti"),
    "fact.employer": ("step", "om: … = norrbygg"),
    "fact": ("goal", "räknar: …"),
    "in_track": ("goal", "räknar: arbetsgivare …"),
    "sex": ("goal", "bland: kön = …"),
    "schooling": ("goal", "bland: utbildningsnivå = …"),
    "result": ("step", "vid_resultat: {…: fråga}"),
    "result.skipped": ("step", "om: resultat(teori) = …"),
    "outcome": ("goal", "räknar: utfall = …"),
    "fact_type": ("track", "uppgifter: {prov: …}"),
    "fact_type.yes": ("track", "uppgifter: {prov: ja/nej}"),
    "fact_type.no": ("track", "uppgifter: {prov: ja/nej}"),
    "unit": ("step", "längd: 2 …"),
    "point": ("step", "till: …"),
    "point.start of": ("step", "från: … praktik"),
    "point.end of": ("step", "till: … praktik"),
    "point.when needed": ("step", "från: …"),
    "point.after": ("step", "till: 3 månader … anställning"),
    "point.before": ("step", "från: 2 veckor … slut på praktik"),
    "action": ("step", "vid_resultat: {ej_klar: …}"),
    "track_type": ("track", "typ: …"),
    "step_type": ("step", "typ: …"),
    "subject": ("step", "gäller: …"),
    "access": ("fact", "åtkomst: …"),
    "ground": ("fact", "grund: …"),
    "start": ("intake", "starter: …"),
    "queue": ("intake", "turordning: [företräde, …]"),
    "queue.precedence": ("intake", "turordning: […, anmälan]"),
    "queue.highest first": ("intake", "turordning: [svenska …]"),
    "queue.lowest first": ("intake", "turordning: [svenska …]"),
    "population": ("goal", "bland: …"),
    "measured": ("goal", "mätt: …"),
    "status": ("goal", "status: …"),
    "money": ("step", "kostnad: 1200 …"),
    "about.start": ("case", "när: {2026-09-07: … 2026-10-05 ställs in}"),
    "about.employer": ("case", "när: {2026-09-07: … norrbygg drar sig ur}"),
    "case": ("case", "så: {…: antas}"),
    "case.not": ("case", "så: {2026-09-07: antas …}"),
    "case.day": ("case", "så: {… 14: antas}"),
    "case.after referral": ("case", "så: {2 veckor …: antas}"),
    "standing": ("case", "så: {2026-09-07: status …}"),
    "reason": ("case", "när: {2026-09-07: avbryter skäl=…}"),
    "channel": ("person", "väg_in: …"),
    "decision": ("case", "när: {2026-09-07: praktik beslut …}"),
    **SENTENCES,
}
