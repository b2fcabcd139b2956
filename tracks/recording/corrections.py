"""What a correction may say: of which event, and whether the content fits its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model.fact_values import MONTH
from definitions.model.vocabulary import BUILT_IN
from tracks.engine.rules.orphaned_facts import could_answer
from tracks.events.codes import CHANNELS
from tracks.events.fold import Progress, evolve, roots, standing
from tracks.events.kinds.table import KINDS, OF_AN_OFFER, is_correctable, is_fact
from tracks.events.roles import role_of
from tracks.events.streams import ref_of
from tracks.recording import refusals
from tracks.recording.fact_values import check_reason, checked_facts
from tracks.recording.validation.deviations import check_change, known_version
from tracks.recording.validation.exits import OUTCOMES, back_after
from tracks.recording.validation.intake import known_employer, known_rule, known_start
from tracks.recording.validation.steps import known_action, known_phase
from tracks.recording.validation.validators import typed_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from tracks.clock import Clock
    from tracks.engine.context.inputs import View
    from tracks.events.event import Event
    from tracks.events.kinds.data import JsonForm
    from tracks.events.snapshots import Enrolment

_ANSWERS: Final = ("outcome", "employer")


class Correction(NamedTuple):
    """What is put right: the day, the content, that it was never said, or that it stands again as it was said first."""

    on: date | None = None
    data: Mapping[str, Any] | None = None
    withdraw: bool = False
    restore: bool = False

    @property
    def ways(self) -> int:
        """How many things that cannot be said together it says."""
        return self.withdraw + self.restore + bool(self.on or self.data)


def fact_behind(log: Sequence[Event], ref: str, seq: int) -> Event:
    """The fact that a correction names; what has been corrected is named by its latest correction.

    Args:
        log: the whole stream.
        ref: the participant, as typed, for messages.
        seq: the number of the event.

    Returns:
        The fact as it stands now; as it was first where it does not stand.

    Raises:
        Refusal: NO_SUCH_EVENT, NOT_A_FACT, or CORRECTED_BEFORE with the number to name.

    """
    by_seq = {event.seq: event for event in log}
    root = roots(log)
    latest = {of: right for right, of in root.items()}
    first = by_seq.get(root.get(seq, seq))
    if first is None:
        raise refusals.NO_SUCH_EVENT(seq=seq, ref=ref)
    if not is_correctable(first.kind):
        raise refusals.NOT_A_FACT(seq=seq, ref=ref)
    if latest.get(first.seq, first.seq) != seq:
        raise refusals.CORRECTED_BEFORE(seq=seq, ref=ref, latest=latest[first.seq])
    return next((event for event, _ in standing(log) if event.seq == first.seq), first)


def said_of(view: View, one: Enrolment, log: Sequence[Event], of: Event, wanted: Correction, clock: Clock) -> dict[str, Any] | None:
    """What the correction says of a fact, besides which; None where the fact stands so already. Raises what the fact itself would meet."""
    now = next((event for event, _ in standing(log) if event.seq == of.seq), None)
    if wanted.withdraw and of.kind == "referred":
        raise refusals.REFERRAL_STANDS(ref=one.ref)
    if wanted.withdraw:
        return {"withdraw": True} if now else None
    first = next(event for event in log if event.seq == of.seq)
    on = first.effective if wanted.restore else wanted.on
    data = dict(first.data) if wanted.restore else corrected_data(view, one.track, log, of, wanted.data, clock) if wanted.data else None
    if on is not None and not wanted.restore:
        check_day(clock, log, of, on)
    if now and (on or now.effective) == now.effective and (data is None or data == dict(now.data)):
        return None
    return {**({"effective": on.isoformat()} if on else {}), **({} if data is None else {"data": data})}


def corrected_data(view: View, track: str, log: Sequence[Event], of: Event, said: Mapping[str, Any], clock: Clock) -> dict[str, Any]:
    """The content as it stands after the correction. Raises the refusal that the fact itself would meet."""
    said = _named(view, of, said)
    data = {**of.data, **said}
    if "facts" in said:
        data["facts"] = {**of.data.get("facts", {}), **checked_facts(view, said["facts"], track)}
    check_reason(said)
    if "start" in said and (said["start"] or view.shared.track.intake.starts):
        known_start(view, track, str(said["start"]))
    if "employer" in said and of.kind != "reported":
        known_employer(view, track, str(said["employer"]), clock.today)
    check = _FITS.get(of.kind)
    return {**data, **check(Said(view, track, log, of, data))} if check else typed_data(of.kind, data)


class Said(NamedTuple):
    """The content of a fact as it would be, and where it stands."""

    view: View
    track: str
    log: Sequence[Event]
    of: Event
    data: dict[str, Any]


def _named(view: View, of: Event, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, under the names that the event has: facts among facts, answers among answers. Raises UNKNOWN_FIELD or BAD_VALUE."""
    kind = KINDS[of.kind]
    fields, forms = kind.corrects, kind.data.forms
    own = {**view.own.track.facts, **view.shared.track.facts} if kind.gives_facts else {}
    named: dict[str, Any] = {}
    for name, value in said.items():
        if of.kind == "followed_up" and name in fields:
            named["answers"] = {**of.data.get("answers", {}), **named.get("answers", {}), name: value}
        elif name in fields or (name == "facts" and kind.gives_facts):
            named[name] = _typed(name, forms[name], value)
        elif name == "outcome" and of.kind == "outcome":
            named["what"] = value
        elif name in own or (kind.gives_facts and name in BUILT_IN):
            named.setdefault("facts", dict(said.get("facts", {})))[name] = value
        else:
            raise refusals.UNKNOWN_FIELD(field=name, fields=", ".join([*fields, *own]) or "-")
    return named


def _typed(name: str, form: JsonForm, value: Any) -> Any:
    """A value as JSON has it, of what people type: a day, a number. Raises BAD_VALUE."""
    try:
        return form.typed(value)
    except ValueError:
        raise refusals.BAD_VALUE(fact=name, value=value, expected=form.expected) from None


def _report(said: Said) -> dict[str, Any]:
    data, steps = said.data, said.view.own.steps
    known = steps[said.of.step].known_results if said.of.step in steps else (data["result"],)
    if data["result"] not in known:
        raise refusals.UNKNOWN_RESULT(step=said.of.step, result=data["result"], results=", ".join(known))
    if data["result"] != "hired":
        for name in _ANSWERS:
            data.pop(name, None)
        return {}
    return {"outcome": _one_of(data.get("outcome", "work"), ("work", "work_with_support", "municipal_employment"))}


def _one_of(value: Any, outcomes: Sequence[str]) -> Any:
    if value not in outcomes:
        raise refusals.UNKNOWN_OUTCOME(outcome=value, outcomes=", ".join(outcomes))
    return value


def _outcome(said: Said) -> dict[str, Any]:
    return {"what": _one_of(said.data["what"], OUTCOMES)}


def _answers(said: Said) -> dict[str, Any]:
    answers = said.data.get("answers", {})
    return {"answers": {**answers, "outcome": _one_of(answers["outcome"], OUTCOMES)}} if "outcome" in answers else {}


def _left(said: Said) -> dict[str, Any]:
    return {"outcome": _one_of(said.data["outcome"], OUTCOMES)} if "outcome" in said.data else {}


def _changed(said: Said) -> dict[str, Any]:
    """Another length is held against the other changes of the step."""
    found = {"count": said.data["count"], "unit": said.data["unit"]}
    others = [e.data for e, _ in standing(said.log) if (e.kind, e.step) == (said.of.kind, said.of.step) and e.seq != said.of.seq]
    if said.of.step in said.view.own.steps:
        check_change(said.view.own.steps[said.of.step], found, others)
    return found


def _phase(said: Said) -> dict[str, Any]:
    steps = said.view.own.steps
    return {"name": known_phase(steps[said.of.step], said.data["name"])} if said.of.step in steps else {}


def _action(said: Said) -> dict[str, Any]:
    action = said.data["action"]
    return {"action": known_action(said.view, action) if isinstance(action, str) else action}


def _paused(said: Said) -> dict[str, Any]:
    back_after(said.of.effective, said.data.get("back"))
    return {}


def _referred(said: Said) -> dict[str, Any]:
    data = said.data
    if data.get("channel") not in CHANNELS:
        raise refusals.BAD_VALUE(fact="channel", value=data.get("channel"), expected=", ".join(CHANNELS))
    if "born" in data and not MONTH.fullmatch(str(data["born"])):
        raise refusals.BAD_VALUE(fact="born", value=data["born"], expected="YYYY-MM")
    return {}


def _exception(said: Said) -> dict[str, Any]:
    return {"rule": known_rule(said.view, said.track, str(said.data["rule"]))}


def _migrated(said: Said) -> dict[str, Any]:
    return {"to": known_version(said.view, said.track, said.data["to"])}


def _assigned(said: Said) -> dict[str, Any]:
    return {"role": role_of(str(said.data["role"])), "person": " ".join(str(said.data["person"]).split())}


# Whether the content fits a kind; each answers what of it is written otherwise than it was typed.
_FITS: Final[Mapping[str, Callable[[Said], dict[str, Any]]]] = {
    "reported": _report,
    "outcome": _outcome,
    "followed_up": _answers,
    "transferred": _left,
    "lengthened": _changed,
    "paused": _paused,
    "phase": _phase,
    "decided": _action,
    "referred": _referred,
    "exception": _exception,
    "migrated": _migrated,
    "assigned": _assigned,
}


def check_day(clock: Clock, log: Sequence[Event], of: Event, on: date) -> None:
    """Hold the day that a fact is moved to: not in the future, and nothing before the referral.

    Args:
        clock: the clock of the command.
        log: the whole stream.
        of: the fact.
        on: the day.

    Raises:
        Refusal: which of these it is, or that there was nothing to answer on that day.

    """
    if on > clock.today:
        raise refusals.DATE_IN_FUTURE(day=on, today=clock.today)
    others = [event for event, _ in standing(log) if is_fact(event.kind) and event.seq != of.seq]
    if of.kind == "referred":
        earlier = min((event.effective for event in others), default=on)
        if earlier < on:
            raise refusals.REFERRED_AFTER(day=on, earlier=earlier)
    elif (referred := next(event.effective for event in others if event.kind == "referred")) > on:
        raise refusals.BEFORE_REFERRAL(day=on, referred=referred)
    if of.kind in OF_AN_OFFER:
        _check_answer(log, of, on)


def _check_answer(log: Sequence[Event], of: Event, on: date) -> None:
    """That somebody was proposed by the day of the offer, and that an answer is of a day on which there was something to answer."""
    stands = [(event, position) for event, position in standing(log) if event.seq != of.seq]
    ref = ref_of(of.stream)
    asks = ("proposed",) if of.kind == "offered" else ("proposed", "offered")
    first = min((event.effective for event, _ in stands if event.kind in asks), default=None)
    if first and on < first:
        raise refusals.BEFORE_OFFER(kind=of.kind, day=on, ref=ref, before="proposed", first=first)
    then = Progress()
    for event, position in stands:
        if event.effective <= on:
            then = evolve(then, event, position)
    offer = then.get("offer")
    if of.kind != "offered" and offer and not could_answer(then, on):
        raise refusals.OFFER_LAPSED_THEN(kind=of.kind, day=on, ref=ref, until=offer.value["until"])
