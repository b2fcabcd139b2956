"""The handbook of a track: the method step by step, told from the YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.reports.diagram.cards import cards
from tracks.reports.diagram.layout import drawing
from tracks.reports.diagram.svg import described
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.goals import goal_row
from tracks.reports.text.html import render, source_lines
from tracks.reports.text.phrasing import Speech, code, listed, sentence
from tracks.reports.text.steps import StepTeller

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from definitions.model.track import Employer, Order, Track
    from definitions.model.values import Condition, Length
    from definitions.model.vocabulary import Lang
    from tracks.reports.text.html import Source


def handbook(track: Track, lang: Lang, source: Source) -> str:
    """The handbook as one HTML page."""
    speech = Speech(track, lang)
    teller = StepTeller(speech)
    shown = cards(track, lang)
    return render(
        "handbook.html.j2",
        lang,
        track=track,
        title=message("h.title", lang, name=track.name),
        facts_in_short=list(_in_short(track, speech)),
        drawing=drawing(track, shown, lang),
        picture_title=message("g.title", lang, name=track.name),
        picture_words=described(shown, lang),
        entry=_conditions(track.target_group.entry, speech),
        ongoing=_conditions(track.target_group.ongoing, speech),
        intake=list(_intake(track, speech)),
        starts=_starts(track, speech),
        employers=[_employer(employer, speech) for employer in track.employers],
        chain=[teller.tell(step) for step in track.steps if not step.beside],
        beside=[teller.tell(step) for step in track.steps if step.beside],
        transfers=list(_transfers(track, speech)),
        goals=[goal_row(goal, speech) for goal in track.goals],
        follow_up=_follow_up(track.follow_up, lang),
        asked=[_fact(name, track, speech) for name in track.facts],
        grounds=list(_grounds(track, speech)),
        source=source_lines(message("h.source", lang, day=phrasing.day(source.as_of, lang)), [track], source, lang),
    )


def _in_short(track: Track, speech: Speech) -> Iterator[tuple[str, str]]:
    lang = speech.lang
    if track.owner:
        yield message("h.owner", lang), track.owner
    if track.partners:
        yield message("h.partners", lang), sentence(listed((phrasing.plain(one) for one in track.partners), lang))
    if track.period.first or track.period.until:
        yield message("h.period", lang), _period(track, lang)
    if track.programme:
        yield message("h.programme", lang), phrasing.plain(track.programme)
    if track.intake.places is not None:
        yield message("h.places", lang), str(track.intake.places)
    beside = sum(1 for step in track.steps if step.beside)
    yield message("h.steps", lang), message("h.steps.count", lang, chain=len(track.steps) - beside, beside=beside)


def _period(track: Track, lang: Lang) -> str:
    first, until = (phrasing.day(one, lang) if one else "" for one in (track.period.first, track.period.until))
    key = "both" if first and until else "from" if first else "until"
    return message(f"h.period.{key}", lang, first=first, until=until)


def _conditions(conditions: Sequence[Condition], speech: Speech) -> list[dict[str, str | None]]:
    return [{"text": sentence(f"{speech.condition(one)}."), "reason": one.reason} for one in conditions]


def _intake(track: Track, speech: Speech) -> Iterator[str]:
    lang, intake = speech.lang, track.intake
    if intake.rolling:
        yield message("h.intake.rolling", lang)
        yield (
            message("h.intake.no_offer", lang) if intake.places is None else message("h.intake.rolling_places", lang, places=intake.places)
        )
    if not intake.rolling or intake.places is not None:
        yield message("h.intake.order", lang, order=listed((_order(row, speech) for row in intake.order), lang))
        key = "h.intake.offer_rolling" if intake.rolling else "h.intake.offer"
        yield message(
            key, lang, before=phrasing.length(intake.offer_before_start, lang), answer=phrasing.length(intake.answer_within, lang)
        )
    if intake.join_within:
        yield message("h.intake.join", lang, length=phrasing.length(intake.join_within, lang))
    if any((start.minimum or intake.minimum) > 1 for start in intake.starts):
        yield message("h.intake.below", lang)
    if intake.caseload is not None:
        yield message("h.intake.caseload", lang, count=intake.caseload)


def _order(row: Order, speech: Speech) -> str:
    if row.by != "fact":
        return message(f"order.{row.by}", speech.lang)
    key = f"order.{'days' if row.days_since else 'fact'}.{'high' if row.highest_first else 'low'}"
    return message(key, speech.lang, fact=speech.fact(row.fact or ""))


def _starts(track: Track, speech: Speech) -> list[dict[str, str]]:
    intake, lang = track.intake, speech.lang
    rows = []
    for start in intake.starts:
        places = start.places if start.places is not None else intake.places
        rows.append(
            {
                "day": phrasing.day(start.date, lang),
                "places": message("h.intake.unlimited", lang) if places is None else str(places),
                "minimum": str(start.minimum or intake.minimum),
                "at": listed((speech.employer(one) for one in start.employers), lang) or message("h.intake.all", lang),
            }
        )
    return rows


def _employer(employer: Employer, speech: Speech) -> dict[str, str]:
    lang, need, agreement = speech.lang, employer.need, employer.agreement
    wanted = [message("h.employers.need_text", lang, positions=need.positions)] if need and need.positions is not None else []
    wanted += [message("h.employers.ssyk", lang, code=need.occupation)] if need and need.occupation else []
    agreed = [part for part in (agreement.type, agreement.reference) if part] if agreement else []
    signed = agreement.signed if agreement else None
    agreed.append(message("h.employers.signed", lang, day=phrasing.day(signed, lang)) if signed else message("h.employers.unsigned", lang))
    return {
        "name": employer.name,
        "sector": employer.sector or "–",
        "need": ", ".join(wanted) or "–",
        "agreement": ", ".join(agreed),
        "requires": sentence(speech.conditions(employer.requires)) if employer.requires else message("h.employers.nothing", lang),
    }


def _transfers(track: Track, speech: Speech) -> Iterator[list[str]]:
    lang = speech.lang
    for transfer in track.transfers.values():
        texts = [message("h.transfers.text", lang, to=transfer.to)]
        texts += [message("h.transfers.requires", lang, condition=speech.conditions(transfer.requires))] if transfer.requires else []
        carried = listed((speech.fact(name) for name in transfer.carries), lang)
        texts += [message("h.transfers.carries", lang, facts=carried)] if transfer.carries else []
        yield texts


def _follow_up(points: Sequence[Length | None], lang: Lang) -> str:
    told = [message("at.exit", lang) if one is None else message("at.length", lang, length=phrasing.length(one, lang)) for one in points]
    return message("h.follow_up", lang, points=listed(told, lang)) if told else ""


def _fact(name: str, track: Track, speech: Speech) -> dict[str, str]:
    lang, fact = speech.lang, track.facts[name]
    choices = listed((phrasing.plain(one) for one in fact.choices), lang, "or")
    notes = [message("h.facts.restricted", lang)] if fact.restricted else []
    notes += [message("h.facts.ground", lang, ground=code("ground", fact.ground, lang))] if fact.ground else []
    given = [step.name for step in track.steps if name in step.gives]
    return {
        "name": sentence(speech.fact(name)),
        "answers": "; ".join([message(f"facttype.{fact.type}", lang, choices=choices), *notes]),
        "given": listed(given, lang) or message("h.facts.referral", lang),
    }


def _grounds(track: Track, speech: Speech) -> Iterator[dict[str, str]]:
    """Every condition with a written reason, wherever it stands (rule R49)."""
    places = [*track.target_group.entry, *track.target_group.ongoing]
    places += [one for step in track.steps for one in (*step.when, *step.requires)]
    places += [one for employer in track.employers for one in employer.requires]
    for one in places:
        if one.reason:
            yield {"text": sentence(f"{speech.condition(one)}."), "reason": one.reason}
