"""What the field's law and experience advise against: warnings, and the track is taken all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions import order
from definitions import vocabulary as v
from definitions.remarks import Check, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from definitions.model import Employer, Step, Track

_LANGUAGE: Final = re.compile(r"(?:^|[^a-zåäö])(?:sfi|svenska|yrkessvenska|språk[a-zåäö]*|swedish|language)(?:$|[^a-zåäö])")
_HEALTH: Final = re.compile(r"diagnos|sjukdom|illness|disease")


def a_letter_of_intent_comes_before_the_first_start(track: Track) -> Iterator[Remark]:
    """Each employer of a jobbspår has signed its letter of intent by the first start that it takes part in (rule R35)."""
    for employer in track.employers if track.type == "jobbspår" else ():
        signed = employer.agreement.signed if employer.agreement else None
        first = _first_start(track, employer)
        if signed is None or (first is not None and signed > first):
            keys = {"agreement": v.key("agreement", track.key_language), "signed": v.key("signed", track.key_language)}
            yield Remark("JS140", ("employers", employer.id), {"found": employer.name, **keys})


def _first_start(track: Track, employer: Employer) -> date | None:
    days = [start.date for start in track.intake.starts if not start.employers or employer.id in start.employers]
    return min(days, default=track.period.first if track.intake.rolling else None)


def language_stands_beside_vocation(track: Track) -> Iterator[Remark]:
    """Language support runs beside vocational education or within it, not before."""
    vocational = {step.id for step in track.steps if step.type == "yrkesvux"}
    languages = [step for step in track.steps if _is_language(step)] if vocational else []
    earlier = _before(vocational, order.predecessors(track.steps)) if languages else set()
    for step in languages:
        if step.id in earlier:
            yield Remark("JS141", ("steps", step.id, "id"), {"found": step.name, "key": v.key("alongside", track.key_language)})


def _before(steps: set[str], waits: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Every step that one of these waits for, directly or through others."""
    found: set[str] = set()
    coming = [name for step in steps for name in waits.get(step, ())]
    while coming:
        name = coming.pop()
        if name not in found:
            found.add(name)
            coming.extend(waits.get(name, ()))
    return found


def _is_language(step: Step) -> bool:
    return step.type == "insats" and not step.beside and any(_LANGUAGE.search(text.casefold()) for text in (step.id, step.name))


def health_is_told_coarsely(track: Track) -> Iterator[Remark]:
    """No fact holds a diagnosis."""
    for name, fact in track.facts.items():
        if _HEALTH.search(name) or _HEALTH.search((fact.name or "").casefold()):
            yield Remark("JS142", ("facts", name), {"found": name}, on_key=True)


LAW_CHECKS: Final[tuple[Check, ...]] = (
    a_letter_of_intent_comes_before_the_first_start,
    language_stands_beside_vocation,
    health_is_told_coarsely,
)
