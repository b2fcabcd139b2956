"""Words what the engine answered as the sentence that one would write in `then`: an event, a todo, a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.scenarios import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.model.vocabulary import Lang
    from definitions.scenarios.phrases import Phrase

_SHARED: Final = frozenset({"subject_step_started", "subject_step_due", "subject_step_ended"})
FOLLOW_UP: Final = "follow_up"


def event_sentence(kind: str, step: str, data: Mapping[str, Any], lang: Lang, person: str = "") -> str | None:
    """Word an event.

    Args:
        kind: The kind of event.
        step: The id of its step; empty where it has none.
        data: The data of the event.
        lang: The language.
        person: The name of the person, put first; empty where the case has one only.

    Returns:
        The sentence; None for what people report, which cannot be expected.

    """
    phrase = _phrase(kind, step, data)
    if phrase is None:
        return None
    words = [*([person] if person else []), *_subject(kind, data, lang), *([step] if step else []), phrase.words(lang)]
    return ", ".join([" ".join([*words, *_after(kind, data, lang)]), *_details(phrase, data, lang)])


def _phrase(kind: str, step: str, data: Mapping[str, Any]) -> Phrase | None:
    what = str(data.get("what", "")).partition(" ")[0]
    # A step of an employer or of a start is worded by whose it is; its phrases are otherwise alike.
    subject = ("employer step" if data.get("employer") else "start step") if kind in _SHARED else None
    return next(
        (
            one
            for one in phrases.EXPECTATIONS
            if one.kind == kind and one.more.get("what", "") == what and subject in (None, one.subject) and (subject or _fits(one, step))
        ),
        None,
    )


def _fits(one: Phrase, step: str) -> bool:
    return (one.subject == "step") == bool(step)


def _subject(kind: str, data: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    if kind in _SHARED and data.get("employer"):
        yield f"{v.word('employer', phrases.SUBJECTS, lang)} {data['employer']}"
    elif kind in _SHARED or kind == "start_held":
        yield f"{v.word('start', phrases.SUBJECTS, lang)} {data['start']}"


def _after(kind: str, data: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    if "result" in data:
        yield v.word(str(data["result"]), v.RESULTS, lang)
    point = str(data.get("point", "")) or (str(data["what"]).partition(" ")[2] if kind == "deadline_missed" else "")
    if point:
        yield point_words(point, lang)


def _details(phrase: Phrase, data: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    for name in ("start", "rank"):
        if name in phrase.details and data.get(name):
            yield f"{v.word(name, phrases.DETAILS, lang)}={data[name]}"


def point_words(point: str, lang: Lang) -> str:
    """Word a point of follow-up, `3 months`."""
    count, _, unit = point.partition(" ")
    if not unit:
        return v.word(point, v.ANCHORS, lang)
    return point if lang == "en" else f"{count} {v.UNITS_SHOWN[v.UNITS[unit]][count != '1']}"


def todo_sentence(kind: str, step: str, due: object, role: str, lang: Lang, person: str = "") -> str:
    """Word a todo.

    Args:
        kind: The kind of todo as text, with what it is about after a colon, `follow_up:3 months`.
        step: The id of its step; empty where it has none.
        due: The day by which it is to be done; None where there is none.
        role: Whose worklist it stands on; empty where that is not to be said.
        lang: The language.
        person: The name of the person, put first; empty where the case has one only.

    """
    base, _, what = kind.partition(":")
    if base == "over":
        return _overfull_sentence(what, lang)
    # What a proposal is about has words of its own; of other todos the part after the colon is an argument.
    named = kind if base == "proposal" else base
    phrase = min((one for one in phrases.EXPECTATIONS if one.more.get("todo") == named), key=lambda one: not _fits(one, step))
    words = [*([person] if person else []), *_owner(base, what, lang), *([step] if step else []), phrase.words(lang)]
    words += [point_words(what, lang)] if base == FOLLOW_UP else [v.word(what, v.BUILT_IN, lang)] if base == "fact" else []
    details = {"due": due, "role": v.word(role, v.RESPONSIBLE_EMPLOYER, lang)}
    return ", ".join([" ".join(words), *(f"{v.word(name, phrases.DETAILS, lang)}={value}" for name, value in details.items() if value)])


def _overfull_sentence(resource: str, lang: Lang) -> str:
    """Word that too many have a place: at a start, in a step, or on the track."""
    what, _, name = resource.partition(":")
    subject = {"start": "start", "step": "step"}.get(what, "queue")
    phrase = next(one for one in phrases.EXPECTATIONS if (one.kind, one.subject) == ("over", subject))
    step, _, employer = name.partition(":")
    owner = [f"{v.word('start', phrases.SUBJECTS, lang)} {name}"] if subject == "start" else [step] if step else []
    at = [f"{v.word('employer', phrases.DETAILS, lang)}={employer}"] if employer else []
    return ", ".join([" ".join([*owner, phrase.words(lang)]), *at])


def _owner(base: str, what: str, lang: Lang) -> Iterator[str]:
    employer, _, start = what.partition(":")
    if base in ("start_held", "start_left", "unsigned") or (base == "subject_report" and not employer):
        yield f"{v.word('start', phrases.SUBJECTS, lang)} {start or what}"
    elif base == "subject_report":
        yield f"{v.word('employer', phrases.SUBJECTS, lang)} {employer}"


def status_sentence(status: str, lang: Lang, person: str = "") -> str:
    """Word a status.

    Args:
        status: The code of the status.
        lang: The language.
        person: The name of the person, put first; empty where the case has one only.

    """
    words = [*([person] if person else []), v.word("status", {"status": "status"}, lang), v.word(status, v.STATUSES, lang)]
    return " ".join(words)
