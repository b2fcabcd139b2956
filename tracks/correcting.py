"""What a correction may say: of which event, and whether the content fits its kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tracks import refusals as no
from tracks.events import FACTS, REASONS, WITHDRAWN
from tracks.facts import checked_facts
from tracks.progress import roots, standing
from tracks.saying import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracks.clock import Clock
    from tracks.events import Event
    from tracks.view import View


# What a fact of a kind may say, besides what it says already.
_MAY_SAY: Final[Mapping[str, tuple[str, ...]]] = {
    "referred": ("channel",),
    "declined": ("reason",),
    "reported": ("result", "outcome", "employer"),
    "paused": ("reason", "back"),
    "outcome": ("what", "employer"),
    "followed_up": ("outcome",),
}
_WITH_FACTS: Final = ("referred", "reported", "stated")
_NEVER_SAID: Final = frozenset({"facts", "note", "answers", "track", "born", "precedence"})
_DAYS: Final = ("back", "until")


def fact_behind(log: Sequence[Event], ref: str, seq: int) -> Event:
    """The fact that is corrected: correcting a correction names the latest one. Raises NoSuchEvent, NotAFact or CorrectedBefore."""
    by_seq = {event.seq: event for event in log}
    root = roots(log)
    latest = {of: right for right, of in root.items()}
    first = by_seq.get(root.get(seq, seq))
    if first is None:
        raise no.NoSuchEvent(seq=seq, ref=ref)
    if first.kind not in FACTS or first.kind in ("corrected", WITHDRAWN):
        raise no.NotAFact(seq=seq, ref=ref)
    if latest.get(first.seq, first.seq) != seq:
        raise no.CorrectedBefore(seq=seq, ref=ref, latest=latest[first.seq])
    return next((event for event, _ in standing(log) if event.seq == first.seq), first)


def corrected_data(view: View, track: str, of: Event, said: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it stands after the correction. Raises the refusal that the fact itself would meet."""
    said = _named(view, of, said)
    data = {**of.data, **said}
    reason = data.get("reason")
    if "reason" in said and of.kind not in ("exception", "lengthened", "waived", "added") and reason not in REASONS:
        raise no.UnknownReason(reason=reason, reasons=", ".join(REASONS))
    if "facts" in said:
        data["facts"] = {**of.data.get("facts", {}), **checked_facts(view, said["facts"], track)}
    if of.kind == "outcome" and data["what"] not in OUTCOMES:
        raise no.UnknownOutcome(outcome=data["what"], outcomes=", ".join(OUTCOMES))
    if of.kind == "reported":
        _report(view, of, data)
    return data


def _named(view: View, of: Event, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, under the names that the event has: facts among the facts. Raises UnknownField or BadValue."""
    fields = sorted({*of.data, *_MAY_SAY.get(of.kind, ())} - _NEVER_SAID)
    own = {**view.own.track.facts, **view.shared.track.facts} if "facts" in of.data or of.kind in _WITH_FACTS else {}
    named: dict[str, Any] = {}
    for name, value in said.items():
        if name in fields or name == "facts":
            named[name] = _day(name, value) if name in _DAYS else value
        elif name == "outcome" and of.kind == "outcome":
            named["what"] = value
        elif name == "outcome" and of.kind == "followed_up":
            named["answers"] = {**of.data.get("answers", {}), "outcome": _outcome(value)}
        elif name in own:
            named.setdefault("facts", dict(said.get("facts", {})))[name] = value
        else:
            raise no.UnknownField(field=name, fields=", ".join([*fields, *own]) or "-")
    return named


def _outcome(value: Any) -> Any:
    if value not in OUTCOMES:
        raise no.UnknownOutcome(outcome=value, outcomes=", ".join(OUTCOMES))
    return value


def _day(name: str, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise no.BadValue(fact=name, value=value, expected="YYYY-MM-DD") from None


def _report(view: View, of: Event, data: dict[str, Any]) -> None:
    known = view.own.steps[of.step].known_results if of.step in view.own.steps else (data["result"],)
    if data["result"] not in known:
        raise no.UnknownResult(step=of.step, result=data["result"], results=", ".join(known))
    if data["result"] == "hired":
        data.setdefault("outcome", "work")
    else:
        data.pop("outcome", None)
        data.pop("employer", None)


def check_day(clock: Clock, referred: date | None, of: Event, on: date) -> None:
    """Never in the future; nothing but the referral itself before the referral."""
    if on > clock.today:
        raise no.DateInFuture(day=on, today=clock.today)
    if of.kind != "referred" and referred and on < referred:
        raise no.BeforeReferral(day=on, referred=referred)
