"""The rules that follow from law and experience of the field: all are warnings, and the track is taken all the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from definitions.checks.violation import Check, Path, Violation
from definitions.model import step_order
from definitions.model import vocabulary as v
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from definitions.model.track import Employer, Step, Track

# Whole words or known beginnings, so that a longer word that only begins alike is no language course.
_LANGUAGE: Final = re.compile(
    r"(?<![a-zåäö])(?:sfi|sva|svenska|svensk(?:kurs|undervisning|träning|studier)[a-zåäö]*|yrkessvenska|språk[a-zåäö]*|swedish|language)(?![a-zåäö])"
)
# What names an illness or its treatment, so that nothing coarser than a diagnosis can be meant.
_DIAGNOSIS: Final = re.compile(
    r"(?<![a-zåäö])(?:diagnos[a-zåäö]*|sjukdom[a-zåäö]*|sjukhistori[a-zåäö]*|journaluppgift[a-zåäö]*|patientjournal[a-zåäö]*|medicinering"
    r"|läkemedel[a-zåäö]*|symtom[a-zåäö]*|adhd|autism|ptsd|depression[a-zåäö]*|ångest[a-zåäö]*|missbruk[a-zåäö]*"
    r"|illness(?:es)?|diseases?|medication|symptoms?|medical (?:history|records?)|anxiety|addiction)(?![a-zåäö])"
)
# Wider than a diagnosis: what it finds may stand in a track, only not be seen by all who see it.
_HEALTH: Final = re.compile(
    r"(?<![a-zåäö])(?:hälsa|ohälsa|hälso[a-zåäö]*|sjuk[a-zåäö]*|medicinsk[a-zåäö]*|vårdkontakt[a-zåäö]*|rehab[a-zåäö]*|läkar[a-zåäö]*"
    r"|health[a-z]*|sick[a-z]*|medical[a-z]*)(?![a-zåäö])"
)
# Words that ask somebody to write a thing down, and words that say not to.
_ASKS: Final = re.compile(
    r"(?<![a-zåäö])(?:ange[rs]?|anteckna[rs]?|beskriv(?:er|s)?|skriv(?:er|s)?|fråga[rs]?|uppge[rs]?|redovisa[rs]?|notera[rs]?|dokumentera[rs]?"
    r"|registrera[rs]?|berätta[rs]?|kartlägg(?:er|s)?|ask(?:s|ed)?|describe[sd]?|write[s]?|note[sd]?|record(?:s|ed)?|state[sd]?|report(?:s|ed)?)(?![a-zåäö])"
)
_DENIES: Final = re.compile(r"(?<![a-zåäö])(?:inte|ingen|inga|inget|aldrig|utan|ej|not|no|never|without|nor|none)(?![a-zåäö])")
_SENTENCE: Final = re.compile(r"[^.!?;\n]+")
# As long as a text may be.
LONGEST: Final = 20_000


def letter_of_intent_precedes_first_start(track: Track) -> Iterator[Violation]:
    """Each employer of a jobbspår has signed its letter of intent by the first start it takes part in (R35).

    The letter says who is responsible for what and is the gate of recruitment (DUA): no place is offered before it.
    """
    for employer in track.employers if track.type == "jobbspår" else ():
        signed = employer.agreement.signed if employer.agreement else None
        first = _first_start(track, employer)
        if signed is None or (first is not None and signed > first):
            keys = {"agreement": v.key("agreement", track.key_language), "signed": v.key("signed", track.key_language)}
            # One that is signed too late wants another day, not a key that is there already.
            late = {"on": signed.isoformat(), "first": first.isoformat()} if signed and first else {}
            code = findings.LETTER_OF_INTENT_TOO_LATE if late else findings.NO_LETTER_OF_INTENT
            yield Violation(code, ("employers", employer.id), {"found": employer.name, **keys, **late})


def _first_start(track: Track, employer: Employer) -> date | None:
    """Find the day on which an employer first takes part: its first start, or the first day of a rolling track."""
    # A start that names no employers is one for all of them.
    days = [start.date for start in track.intake.starts if not start.employers or employer.id in start.employers]
    return min(days, default=track.period.first if track.intake.rolling else None)


def language_runs_beside_vocation(track: Track) -> Iterator[Violation]:
    """Language support runs beside vocational training or within it, not before (`LANGUAGE_BEFORE_VOCATION`).

    Courses laid one after another give no gain and tire people out (DUA's experience, IFAU on Göteborg). Use `alongside`.
    """
    vocational = {step.id for step in track.steps if step.type == "yrkesvux"}
    # The order of steps is costly to work out, and most tracks have no vocational training.
    languages = [step for step in track.steps if _is_language(step)] if vocational else []
    earlier = _before(vocational, step_order.predecessors(track.steps)) if languages else set()
    for step in languages:
        if step.id in earlier:
            yield Violation(
                findings.LANGUAGE_BEFORE_VOCATION,
                ("steps", step.id, "id"),
                {"found": step.name, "key": v.key("alongside", track.key_language)},
            )


def _before(steps: set[str], waits: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Collect every step that one of these waits for, directly or through others."""
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


def facts_hold_no_diagnosis(track: Track) -> Iterator[Violation]:
    """No fact holds a diagnosis, by its name or among its choices (`DIAGNOSIS_ASKED_FOR`).

    Health is sensitive (General Data Protection Regulation, article 9): the coarse reason is enough.
    """
    for name, fact in track.facts.items():
        # Ids are written with underscores or hyphens where people would write blanks.
        said = " ".join((name, fact.name or "", *fact.choices)).casefold().replace("_", " ").replace("-", " ")
        if (found := _DIAGNOSIS.search(said)) is not None:
            yield Violation(findings.DIAGNOSIS_ASKED_FOR, ("facts", name), {"found": name if found[0] in name else found[0]}, on_key=True)


def texts_do_not_ask_for_illness(track: Track) -> Iterator[Violation]:
    """No text asks somebody to write about illness, medicines or symptoms (`ILLNESS_ASKED_FOR`).

    Free text draws diagnoses, and what has been written cannot be taken back (General Data Protection Regulation, articles 5
    and 9). A sentence that says not to write them is left alone.
    """
    for at, text in _texts(track):
        for sentence in _SENTENCE.findall(text[:LONGEST].casefold()):
            found = _DIAGNOSIS.search(sentence)
            if found is not None and _ASKS.search(sentence) and not _DENIES.search(sentence):
                yield Violation(findings.ILLNESS_ASKED_FOR, (*at, found[0]), {"found": found[0]})
                break


def _texts(track: Track) -> Iterator[tuple[Path, str]]:
    """List every text that is written for people to follow, with its place."""
    if track.description:
        yield ("description",), track.description
    yield from ((("texts", heading), text) for heading, text in track.texts.items())
    for step in track.steps:
        yield ("steps", step.id, "name"), step.name
        if step.description:
            yield ("steps", step.id, "description"), step.description
        yield from ((("steps", step.id, "phases", phase), phase) for phase in step.phases)


def health_facts_are_restricted(track: Track) -> Iterator[Violation]:
    """A fact that touches health has restricted access (`HEALTH_SEEN_BY_ALL`).

    Such data are a special category (General Data Protection Regulation, article 9) and secret in social services (Public Access
    to Information and Secrecy Act, chapter 26): those who work with the participant see them, and nobody else.
    """
    for name, fact in track.facts.items():
        said = f"{name} {fact.name or ''}".casefold().replace("_", " ").replace("-", " ")
        if not fact.restricted and _HEALTH.search(said) and not _DIAGNOSIS.search(said):
            lang = track.key_language
            values = {"found": name, "key": v.key("access", lang), "word": v.word("restricted", v.ACCESS, lang)}
            yield Violation(findings.HEALTH_SEEN_BY_ALL, ("facts", name), values, on_key=True)


LAW_CHECKS: Final[tuple[Check, ...]] = (
    letter_of_intent_precedes_first_start,
    language_runs_beside_vocation,
    facts_hold_no_diagnosis,
    texts_do_not_ask_for_illness,
    health_facts_are_restricted,
)
