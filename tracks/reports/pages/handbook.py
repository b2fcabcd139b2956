"""The handbook of a track: the method step by step, out of the YAML alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracks.reports.diagram.cards import build_cards
from tracks.reports.diagram.layout import build_drawing
from tracks.reports.diagram.svg import description
from tracks.reports.text import phrasing
from tracks.reports.text.about import about_tracks
from tracks.reports.text.catalogue import message
from tracks.reports.text.goals import goal_row
from tracks.reports.text.html import render, source_lines
from tracks.reports.text.phrasing import TrackWording, code, listed, sentence
from tracks.reports.text.steps import StepFormatter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from definitions.model.track import Employer, Order, Track
    from definitions.model.values import Condition, Length
    from definitions.model.vocabulary import Lang
    from tracks.reports.text.html import PageSource


def render_handbook(track: Track, lang: Lang, source: PageSource) -> str:
    """Write the handbook of a track as one HTML page.

    Args:
        track: The track.
        lang: The language of the page.
        source: What the page is made from, for its foot.

    """
    wording = TrackWording(track, lang)
    formatter = StepFormatter(wording)
    shown = build_cards(track, lang)
    return render(
        "handbook.html.j2",
        lang,
        track=track,
        title=message("h.title", lang, name=track.name),
        facts_in_short=list(_in_short(track, wording)),
        drawing=build_drawing(track, shown, lang),
        picture_title=message("g.title", lang, name=track.name),
        picture_words=description(shown, lang),
        entry=_conditions(track.target_group.entry, wording),
        ongoing=_conditions(track.target_group.ongoing, wording),
        intake=list(_intake(track, wording)),
        starts=_starts(track, wording),
        employers=[_employer(employer, wording) for employer in track.employers],
        chain=[formatter.format(step) for step in track.steps if not step.beside],
        beside=[formatter.format(step) for step in track.steps if step.beside],
        transfers=list(_transfers(track, wording)),
        goals=[goal_row(goal, wording) for goal in track.goals],
        follow_up=_follow_up(track.follow_up, lang),
        asked=[_fact(name, track, wording) for name in track.facts],
        grounds=list(_grounds(track, wording)),
        source=source_lines(message("h.source", lang, day=phrasing.day(source.as_of, lang)), [track], source, lang),
    )


def _in_short(track: Track, wording: TrackWording) -> Iterator[tuple[str, str]]:
    lang = wording.lang
    yield from about_tracks([track], lang)
    if track.programme:
        yield message("h.programme", lang), phrasing.plain(track.programme)
    if track.intake.places is not None:
        yield message("h.places", lang), str(track.intake.places)
    if track.longest:
        yield message("h.longest", lang), message("h.longest.text", lang, length=phrasing.length(track.longest, lang))
    if track.notes:
        yield message("h.notes", lang), message("h.notes.none", lang)
    beside = sum(1 for step in track.steps if step.beside)
    yield message("h.steps", lang), message("h.steps.count", lang, chain=len(track.steps) - beside, beside=beside)


def _conditions(conditions: Sequence[Condition], wording: TrackWording) -> list[dict[str, str | None]]:
    return [{"text": sentence(f"{wording.condition(one)}."), "reason": one.reason} for one in conditions]


def _intake(track: Track, wording: TrackWording) -> Iterator[str]:
    lang, intake = wording.lang, track.intake
    if intake.rolling:
        yield message("h.intake.rolling", lang)
        yield (
            message("h.intake.no_offer", lang) if intake.places is None else message("h.intake.rolling_places", lang, places=intake.places)
        )
    if not intake.rolling or intake.places is not None:
        yield message("h.intake.order", lang, order=listed((_order(row, wording) for row in intake.order), lang))
        key = "h.intake.offer_rolling" if intake.rolling else "h.intake.offer"
        yield message(
            key, lang, before=phrasing.length(intake.offer_before_start, lang), answer=phrasing.length(intake.answer_within, lang)
        )
        if track.employers:
            yield message("h.intake.agreement", lang)
    if intake.join_within:
        yield message("h.intake.join", lang, length=phrasing.length(intake.join_within, lang))
    if any((start.minimum or intake.minimum) > 1 for start in intake.starts):
        yield message("h.intake.below", lang)
    if intake.starts:
        yield message("h.intake.cancelled", lang)
    if intake.caseload is not None:
        key = "h.intake.caseload.role" if intake.caseload_role in track.partners else "h.intake.caseload"
        yield message(key, lang, count=intake.caseload, role=wording.partner(intake.caseload_role))


def _order(row: Order, wording: TrackWording) -> str:
    if row.by != "fact":
        return message(f"order.{row.by}", wording.lang)
    fact = wording.track.facts.get(row.fact or "")
    kind = "days" if row.days_since else "date" if fact and fact.type == "date" else "fact"
    key = f"order.{kind}.{'high' if row.highest_first else 'low'}"
    return message(key, wording.lang, fact=wording.fact(row.fact or ""))


def _starts(track: Track, wording: TrackWording) -> list[dict[str, str]]:
    intake, lang = track.intake, wording.lang
    rows = []
    for start in intake.starts:
        places = start.places if start.places is not None else intake.places
        rows.append(
            {
                "day": phrasing.day(start.date, lang),
                "places": message("h.intake.unlimited", lang) if places is None else str(places),
                "minimum": str(start.minimum or intake.minimum),
                "at": listed((wording.employer(one) for one in start.employers), lang) or message("h.intake.all", lang),
            }
        )
    return rows


def _employer(employer: Employer, wording: TrackWording) -> dict[str, str]:
    lang, need, agreement = wording.lang, employer.need, employer.agreement
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
        "requires": sentence(wording.conditions(employer.requires)) if employer.requires else message("h.employers.nothing", lang),
    }


def _transfers(track: Track, wording: TrackWording) -> Iterator[list[str]]:
    lang = wording.lang
    for transfer in track.transfers.values():
        texts = [message("h.transfers.text", lang, to=transfer.to)]
        texts += [message("h.transfers.requires", lang, condition=wording.conditions(transfer.requires))] if transfer.requires else []
        carried = listed((wording.fact(name) for name in transfer.carries), lang)
        texts += [message("h.transfers.carries", lang, facts=carried)] if transfer.carries else []
        yield texts


def _follow_up(points: Sequence[Length | None], lang: Lang) -> str:
    told = [message("at.exit", lang) if one is None else message("at.length", lang, length=phrasing.length(one, lang)) for one in points]
    return message("h.follow_up", lang, points=listed(told, lang)) if told else ""


def _fact(name: str, track: Track, wording: TrackWording) -> dict[str, str]:
    lang, fact = wording.lang, track.facts[name]
    choices = listed((phrasing.plain(one) for one in fact.choices), lang, "or")
    notes = [message("h.facts.restricted", lang)] if fact.restricted else []
    notes += [message("h.facts.ground", lang, ground=code("ground", fact.ground, lang))] if fact.ground else []
    given = [step.name for step in track.steps if name in step.gives]
    return {
        "name": sentence(wording.fact(name)),
        "answers": "; ".join([message(f"facttype.{fact.type}", lang, choices=choices), *notes]),
        "given": listed(given, lang) or message("h.facts.referral", lang),
    }


def _grounds(track: Track, wording: TrackWording) -> Iterator[dict[str, str]]:
    """Every condition with a written reason, wherever it stands (rule R49)."""
    # The Discrimination Act asks for an objective reason; readers find all of them in one place.
    places = [*track.target_group.entry, *track.target_group.ongoing]
    places += [one for step in track.steps for one in (*step.when, *step.requires)]
    places += [one for employer in track.employers for one in employer.requires]
    for one in places:
        if one.reason:
            yield {"text": sentence(f"{wording.condition(one)}."), "reason": one.reason}
