"""Which fact a correction names, and what a kind of fact may be corrected to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model.refusal import Refusal
from definitions.model.vocabulary import BUILT_IN
from definitions.model.words import fits_log
from tracks.engine.context.decision_context import DecisionContext
from tracks.engine.rules.employers import hiring_employer
from tracks.engine.rules.orphaned_facts import could_answer
from tracks.events.codes import CHANNELS
from tracks.events.fold import Progress, evolve, fold, roots, standing
from tracks.events.kinds.facts import Corrected
from tracks.events.kinds.table import DONE_BESIDE, KINDS, OF_A_VERSION, OF_AN_OFFER, is_correctable, is_fact
from tracks.events.roles import role_of
from tracks.events.streams import ref_of
from tracks.recording import refusals
from tracks.recording.fact_values import check_born, check_reason, check_reported_day, checked_facts
from tracks.recording.validation.deviations import check_change, known_version
from tracks.recording.validation.employer_names import with_employer
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


def one_way(**how: Any) -> Correction:
    """What is put right, in one way only. Raises NOTHING_TO_CORRECT or ONE_WAY_ONLY."""
    wanted = Correction(**how)
    if wanted.ways != 1:
        raise refusals.NOTHING_TO_CORRECT() if not wanted.ways else refusals.ONE_WAY_ONLY()
    return wanted


def fact_behind(log: Sequence[Event], ref: str, seq: int) -> Event:
    """The fact that a correction names; what has been corrected is named by its latest correction.

    Args:
        log: the whole stream.
        ref: the participant, as typed, for messages.
        seq: the number of the event.

    Returns:
        The fact as it stands now; as it was first where it does not stand.

    Raises:
        Refusal: NO_SUCH_EVENT, NOT_A_FACT, DONE_BESIDE_THE_LOG, OF_A_VERSION, or CORRECTED_BEFORE with the number to name.

    """
    by_seq = {event.seq: event for event in log}
    root = roots(log)
    latest = {of: right for right, of in root.items()}
    first = by_seq.get(root.get(seq, seq))
    if first is None:
        raise refusals.NO_SUCH_EVENT(seq=seq, ref=ref)
    if first.kind in DONE_BESIDE:
        raise refusals.DONE_BESIDE_THE_LOG(kind=first.kind, ref=ref)
    if first.kind in OF_A_VERSION:
        raise refusals.OF_A_VERSION(track=ref, version=first.data["version"])
    if not is_correctable(first.kind):
        raise refusals.NOT_A_FACT(seq=seq, ref=ref)
    if latest.get(first.seq, first.seq) != seq:
        raise refusals.CORRECTED_BEFORE(seq=seq, ref=ref, latest=latest[first.seq])
    return next((event for event, _ in standing(log) if event.seq == first.seq), first)


def correction_fields(
    view: View, one: Enrolment, log: Sequence[Event], of: Event, wanted: Correction, clock: Clock
) -> dict[str, Any] | None:
    """What a correction says of a fact, besides of which and why.

    Args:
        view: what is known of the track.
        one: the enrolment.
        log: its whole stream.
        of: the fact, as it stands now.
        wanted: what is right.
        clock: the clock of the command.

    Returns:
        Values of fields of `Corrected`; None where the fact stands so already.

    Raises:
        Refusal: what the fact itself would meet if it were reported so, REFERRAL_STANDS, or TEXT_OF_BEFORE.

    """
    if wanted.withdraw and of.kind == "referred":
        raise refusals.REFERRAL_STANDS(ref=one.ref)
    data = corrected_data(view, one.track, log, of, wanted.data, clock) if wanted.data else None
    if wanted.on is not None:
        check_day(clock, log, of, wanted.on)
    return fields_of_correction(log, of, wanted, data)


def fields_of_correction(log: Sequence[Event], of: Event, wanted: Correction, data: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What a correction says of a fact of which its day and its content have been held already.

    Args:
        log: the whole stream.
        of: the fact, as it stands now.
        wanted: what is right.
        data: the whole content that is right, where that is another.

    Returns:
        Values of fields of `Corrected`; None where the fact stands so already.

    Raises:
        Refusal: TEXT_OF_BEFORE.

    """
    now = next((event for event, _ in standing(log) if event.seq == of.seq), None)
    if wanted.withdraw:
        return {"withdraw": True} if now else None
    first = next(event for event in log if event.seq == of.seq)
    on, right = (first.effective, dict(first.data)) if wanted.restore else (wanted.on, data)
    if now and (on or now.effective) == now.effective and (right is None or right == dict(now.data)):
        return None
    # A text that was taken before the door for texts was what it is stays where it stands, and is written nowhere else.
    for name, value in (right or {}).items():
        if not fits_log(value):
            raise refusals.TEXT_OF_BEFORE(seq=of.seq, field=name)
    return {"effective": on, "data": right}


def made_correction(
    log: Sequence[Event], seq: int, reason: str, today: date, right_of: Callable[[Sequence[Event]], dict[str, Any] | None]
) -> Event | None:
    """Find the correction by which an event has been put right so already: it names the event, and is the latest.

    Args:
        log: the whole stream.
        seq: the number of the event.
        reason: the code of why.
        today: the day of the command.
        right_of: what the correction would have said to the stream as it was before; may refuse.

    """
    root = roots(log)
    latest = max((right for right, of in root.items() if of == root.get(seq, seq)), default=0)
    last = next((event for event in log if event.seq == latest and event.data.get("of") == seq), None)
    if last is None:
        return None
    before = [event for event in log if event.seq < last.seq]
    try:
        right = right_of(before)
    except Refusal:
        return None
    same = right is not None and dict(Corrected(of=seq, reason=reason, **right).draft(today).data) == dict(last.data)
    return last if same else None


def corrected_data(view: View, track: str, log: Sequence[Event], of: Event, right: Mapping[str, Any], clock: Clock) -> dict[str, Any]:
    """The data of a fact as it stands after a correction.

    Args:
        view: what is known of the track.
        track: the id of the track.
        log: the whole stream.
        of: the fact, as it stands now.
        right: what is right, by the names that people use; values may be as typed.
        clock: the clock of the command.

    Raises:
        Refusal: what the fact itself would meet if it were reported so.

    """
    right = with_employer(view, named_content(view, of, right))
    data = {**of.data, **right}
    if "facts" in right:
        data["facts"] = {**of.data.get("facts", {}), **checked_facts(view, right["facts"], track)}
    check_reason(right)
    if "start" in right and (right["start"] or view.shared.track.intake.starts):
        known_start(view, track, str(right["start"]))
    # Where somebody was hired need not be an employer of the track.
    if "employer" in right and of.kind != "reported":
        known_employer(view, track, str(right["employer"]), clock.today)
    check = _FITS.get(of.kind)
    if check is None:
        return typed_data(of.kind, data)
    fits = check(CorrectedFact(view, track, log, of, data))
    # None takes away what does not belong to what is right.
    return {name: value for name, value in {**data, **fits}.items() if name not in fits or value is not None}


class CorrectedFact(NamedTuple):
    """A fact with its data as it would be, and where it stands."""

    view: View
    track: str
    log: Sequence[Event]
    of: Event
    data: dict[str, Any]


def named_content(view: View, of: Event, right: Mapping[str, Any]) -> dict[str, Any]:
    """What is right, under the names that the event has: facts among facts, answers among answers.

    Args:
        view: what is known of the track.
        of: the fact, as it stands now.
        right: what is right, by the names that people use.

    Raises:
        Refusal: UNKNOWN_FIELD or BAD_VALUE.

    """
    kind = KINDS[of.kind]
    fields, forms = kind.corrects, kind.data.forms
    own = {**view.own.track.facts, **view.shared.track.facts} if kind.gives_facts else {}
    named: dict[str, Any] = {}
    for name, value in right.items():
        if of.kind == "followed_up" and name in fields:
            named["answers"] = {**of.data.get("answers", {}), **named.get("answers", {}), name: value}
        elif name in fields or (name == "facts" and kind.gives_facts):
            named[name] = _typed(name, forms[name], value)
        elif name == "outcome" and of.kind == "outcome":
            named["what"] = value
        elif name in own or (kind.gives_facts and name in BUILT_IN):
            named.setdefault("facts", dict(right.get("facts", {})))[name] = value
        else:
            raise refusals.UNKNOWN_FIELD(field=name, fields=", ".join([*fields, *own]) or "-")
    return named


def _typed(name: str, form: JsonForm, value: Any) -> Any:
    """A value as JSON has it, of what people type: a day, a number. Raises BAD_VALUE."""
    try:
        return form.typed(value)
    except ValueError:
        raise refusals.BAD_VALUE(fact=name, value=value, expected=form.expected) from None


def _report(fact: CorrectedFact) -> dict[str, Any]:
    data, steps = fact.data, fact.view.own.steps
    known = steps[fact.of.step].known_results if fact.of.step in steps else (data["result"],)
    if data["result"] not in known:
        raise refusals.UNKNOWN_RESULT(step=fact.of.step, result=data["result"], results=", ".join(known))
    was_hired = fact.of.data["result"] == "hired"
    if data["result"] != "hired":
        # Who was not hired after all has not the outcome and the employer of a hire, unless the correction says them.
        gone = {name: None for name in _ANSWERS if was_hired and data.get(name) == fact.of.data.get(name)}
        return {**_left(fact), **gone}
    work = {"outcome": _one_of(data.get("outcome", "work"), ("work", "work_with_support", "municipal_employment"))}
    if "employer" in data or was_hired or fact.of.step not in steps:
        return work
    context = DecisionContext(fact.view, fold(fact.log), fact.of.effective)
    return {**work, "employer": hiring_employer(context, steps[fact.of.step], fact.of.attempt)}


def _one_of(value: Any, outcomes: Sequence[str]) -> Any:
    if value not in outcomes:
        raise refusals.UNKNOWN_OUTCOME(outcome=value, outcomes=", ".join(outcomes))
    return value


def _outcome(fact: CorrectedFact) -> dict[str, Any]:
    return {"what": _one_of(fact.data["what"], OUTCOMES)}


def _answers(fact: CorrectedFact) -> dict[str, Any]:
    answers = fact.data.get("answers", {})
    return {"answers": {**answers, "outcome": _one_of(answers["outcome"], OUTCOMES)}} if "outcome" in answers else {}


def _left(fact: CorrectedFact) -> dict[str, Any]:
    return {"outcome": _one_of(fact.data["outcome"], OUTCOMES)} if "outcome" in fact.data else {}


def _changed(fact: CorrectedFact) -> dict[str, Any]:
    """Another length is held against the other changes of the step."""
    found = {"count": fact.data["count"], "unit": fact.data["unit"]}
    others = [e.data for e, _ in standing(fact.log) if (e.kind, e.step) == (fact.of.kind, fact.of.step) and e.seq != fact.of.seq]
    if fact.of.step in fact.view.own.steps:
        check_change(fact.view.own.steps[fact.of.step], found, others)
    return found


def _phase(fact: CorrectedFact) -> dict[str, Any]:
    steps = fact.view.own.steps
    return {"name": known_phase(steps[fact.of.step], fact.data["name"])} if fact.of.step in steps else {}


def _action(fact: CorrectedFact) -> dict[str, Any]:
    action = fact.data["action"]
    return {"action": known_action(fact.view, action) if isinstance(action, str) else action}


def _paused(fact: CorrectedFact) -> dict[str, Any]:
    back_after(fact.of.effective, fact.data.get("back"))
    return {}


def _referred(fact: CorrectedFact) -> dict[str, Any]:
    data = fact.data
    if data.get("channel") not in CHANNELS:
        raise refusals.BAD_VALUE(fact="channel", value=data.get("channel"), expected=", ".join(CHANNELS))
    if "born" in data:
        check_born(data["born"], fact.of.effective)
    return {}


def _exception(fact: CorrectedFact) -> dict[str, Any]:
    return {"rule": known_rule(fact.view, fact.track, str(fact.data["rule"]))}


def _migrated(fact: CorrectedFact) -> dict[str, Any]:
    return {"to": known_version(fact.view, fact.track, fact.data["to"])}


def _assigned(fact: CorrectedFact) -> dict[str, Any]:
    return {"role": role_of(str(fact.data["role"])), "person": " ".join(str(fact.data["person"]).split())}


# Whether the content fits a kind; each answers what of it is written otherwise than it was typed.
_FITS: Final[Mapping[str, Callable[[CorrectedFact], dict[str, Any]]]] = {
    "reported": _report,
    "outcome": _outcome,
    "followed_up": _answers,
    "transferred": _left,
    "closed": _left,
    "interrupted": _left,
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
    check_reported_day(on, clock.today)
    others = [event for event, _ in standing(log) if is_fact(event.kind) and event.seq != of.seq]
    if of.kind == "referred":
        earlier = min((event.effective for event in others), default=on)
        if earlier < on:
            raise refusals.REFERRED_AFTER(day=on, earlier=earlier)
    elif (referred := next(event.effective for event in others if event.kind == "referred")) > on:
        raise refusals.BEFORE_REFERRAL(day=on, referred=referred)
    if of.kind in OF_AN_OFFER and of.kind != "declined":
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
