"""What each key of the language takes: one table for those who explain it, write its schema, and rewrite its words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from definitions.model import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Mapping


def _forms(**forms: str) -> Mapping[str, str]:
    return MappingProxyType({key.rstrip("_"): form for key, form in forms.items()})


_DECLARED: Final[Mapping[str, Mapping[str, str]]] = {
    "track": _forms(
        track="id", name="name", type="track_type", based_on="id", without="ids", description="text", texts="headings", programme="id",
        owner="name", partners="ids", period="section period", employers="list employer", facts="facts",
        target_group="section target_group", intake="section intake", longest="length", report_after="length", notes="notes",
        steps="list step", follow_up="follow_up", transfers="transfers", goals="list goal",
    ),
    "indicator file": _forms(indicator="id", name="name", source="text", counts="conditions", among="among", at="at"),
    "period": _forms(from_="date", until="date"),
    "employer": _forms(
        id="id", name="name", sector="sector", need="section need", requires="conditions", agreement="section agreement"
    ),
    "need": _forms(occupation="occupation", positions="number"),
    "agreement": _forms(type="text", reference="text", signed="date"),
    "fact": _forms(type="fact_type", name="name", access="access", ground="ground"),
    "target_group": _forms(entry="conditions", ongoing="conditions"),
    "intake": _forms(
        starts="starts", places="capacity", minimum="number", order="order", offer_before_start="length", answer_within="length",
        join_within="length", caseload="caseload",
    ),
    "start": _forms(date="date", places="number", minimum="number", employer="ids"),
    "step": _forms(
        id="id", type="step_type", name="name", description="text", responsible="responsible", subject="subject", after="after",
        alongside="id", from_="begins", until="point", when="conditions", requires="conditions", length="length", start_within="length",
        starts="dates", places="places", employer="ids", phases="texts", gives="ids", results="results", on_result="on_result",
        contact_every="length", report_after="length", hours_per_week="hours", cost="money", pauses="pauses",
    ),
    "condition": _forms(rule="rule", reason="text"),
    "goto": _forms(goto="id", at_most="times", length="length", hours_per_week="hours", then="action"),
    "retry": _forms(retry="times", length="length", hours_per_week="hours", then="action"),
    "transfer action": _forms(transfer="id"),
    "transfer": _forms(to="text", requires="conditions", carries="ids"),
    "goal": _forms(
        id="id", name="name", indicator="id", counts="conditions", among="among", at="at", at_least="threshold", at_most="threshold",
        status="status", decision="section decision", comparison="section comparison",
    ),
    "decision": _forms(date="date", by="text", reason="text"),
    "comparison": _forms(name="name", value="text", date="date", source="text"),
    "test file": _forms(test="id", cases="list case"),
    "case": _forms(name="text", given="given", when="said", then="expected"),
    "person": _forms(referred="date", facts="stated", selected="id", born="month", channel="channel", count="number", track="id"),
}  # fmt: skip
FORMS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_DECLARED)

# The keys that must be there; a step based on another track's needs only its id (rule R52).
REQUIRED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "track": ("track",), "indicator file": ("indicator", "name", "source", "counts"), "employer": ("id", "name"), "fact": ("type",),
    "start": ("date",), "step": ("id",), "condition": ("rule",), "goto": ("goto",), "retry": ("retry",),
    "transfer action": ("transfer",), "transfer": ("to",), "goal": ("id", "name"), "decision": ("date", "by", "reason"),
    "comparison": ("name", "value"), "test file": ("test", "cases"), "case": ("name", "given", "then"), "person": ("referred",),
})  # fmt: skip

# The forms that are one word of a table.
WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "track_type": v.TRACK_TYPES, "access": v.ACCESS, "ground": v.GROUNDS, "subject": v.SUBJECTS, "status": v.GOAL_STATUS,
    "channel": v.CHANNELS, "pauses": v.PAUSES, "notes": v.NOTES,
    "step_type": MappingProxyType({kind: kind for kind in v.STEP_TYPES}),
})  # fmt: skip
# The forms of which a list may be given; a single value is a list of one.
MANY: Final[Mapping[str, str]] = MappingProxyType({
    "ids": "id", "texts": "text", "dates": "date", "conditions": "condition", "order": "queue", "follow_up": "moment", "after": "before",
    "results": "result", "starts": "start", "responsible": "who",
})  # fmt: skip
