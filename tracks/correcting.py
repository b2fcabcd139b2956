"""What a correction may say: of which event, and whether the content fits its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracks import refusals as no
from tracks.events import FACTS, WITHDRAWN
from tracks.facts import checked_facts
from tracks.progress import standing
from tracks.saying import OUTCOMES, REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracks.clock import Clock
    from tracks.events import Event
    from tracks.view import View


def fact_behind(log: Sequence[Event], ref: str, seq: int) -> Event:
    """The fact that is corrected: correcting a correction names the latest one. Raises NotAFact for anything else."""
    by_seq = {event.seq: event for event in log}
    latest: dict[int, int] = {}
    root: dict[int, int] = {}
    for event in log:
        if event.kind == "corrected":
            of = event.data["of"]
            root[event.seq] = root.get(of, of)
            latest[root[event.seq]] = event.seq
    first = by_seq.get(root.get(seq, seq))
    if first is None or first.kind not in FACTS or first.kind in ("corrected", WITHDRAWN) or latest.get(first.seq, first.seq) != seq:
        raise no.NotAFact(seq=latest.get(first.seq, seq) if first else seq, ref=ref)
    return next((event for event, _ in standing(log) if event.seq == first.seq), first)


def corrected_data(view: View, track: str, of: Event, said: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it stands after the correction. Raises the refusal that the fact itself would meet."""
    data = {**of.data, **said}
    reason = data.get("reason")
    if "reason" in said and of.kind not in ("exception", "lengthened", "waived", "added") and reason not in REASONS:
        raise no.UnknownReason(reason=reason, reasons=", ".join(REASONS))
    if "facts" in said:
        data["facts"] = checked_facts(view, said["facts"], track)
    if of.kind == "outcome" and data["what"] not in OUTCOMES:
        raise no.UnknownOutcome(outcome=data["what"], outcomes=", ".join(OUTCOMES))
    if of.kind == "reported":
        _report(view, of, data)
    return data


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
