"""For each sentence of a track's own tests, and each detail in one, an example in Swedish words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.scenarios import phrases as p

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from definitions.scenarios.phrases import Phrase

_SUBJECT: Final[Mapping[str, str]] = {
    "person": "", "queue": "", "step": "praktik", "start": "omgång 2026-10-05", "employer": "arbetsgivare norrbygg",
    "employer step": "arbetsgivare norrbygg praktik", "start step": "omgång 2026-10-05 praktik",
}  # fmt: skip
_AFTER: Final[Mapping[str, str]] = {
    "employer": "norrbygg", "rule": "krav", "start": "2026-10-05", "transfer": "vård", "outcome": "arbete", "point": "3 månader",
    "texts": "handläggare Åsa Ek", "sentence": "praktik klar", "phase": "början", "action": "nästa", "length": "2 veckor",
    "date": "2026-10-12", "status": "pågår", "people": "anna bo", "fact": "körkort", "new": "kafe", "length?": "2 veckor",
    "result?": "klar",
}  # fmt: skip
_FACTS: Final = "körkort=ja"
# The word of a detail, in a sentence that may have it.
_DETAILS: Final[Mapping[str, str]] = {
    "reason": "tackar nej …=flyttat", "employer": "utfall arbete …=norrbygg", "outcome": "följs upp avslut …=arbete",
    "back": "pausar …=2026-10-01", "channel": "anmäls …=själv", "born": "anmäls …=1994-05", "name": "får steget kafe …=Språkkafé",
    "type": "får steget kafe …=stöd", "after": "får steget kafe …=praktik",
}  # fmt: skip
_EXPECTED: Final[Mapping[str, str]] = {
    "start": "antas …=2026-10-05", "rank": "föreslås …=1", "run": "praktik startar …=2", "due": "ska svara …=2026-09-14",
    "role": "ska svara …=kommun",
}  # fmt: skip


def _sentence(one: Phrase) -> str:
    facts = [_FACTS] if one.kind == "stated" else []
    return " ".join(filter(None, [_SUBJECT[one.subject], one.swedish, *(_AFTER[form] for form in one.takes), *facts]))


def _examples() -> Iterator[tuple[str, tuple[str, str]]]:
    for table, key, phrases, details in (("said", "när", p.SAID, _DETAILS), ("expected", "så", p.EXPECTED, _EXPECTED)):
        for one in reversed(phrases):  # of phrases with the same words the first counts
            yield f"{table}.{one.english}", ("case", f"{key}: {{2026-09-07: {_sentence(one)}}}")
        yield from ((f"detail.{name}", ("case", f"{key}: {{2026-09-07: {text}}}")) for name, text in details.items())


SENTENCES: Final[dict[str, tuple[str, str]]] = dict(_examples())
