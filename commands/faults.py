"""A fault in the words of the reader: the codes in its text as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracks.errors import TracksError

# Which table the codes of a value belong to, by the value's name.
_TABLES: Final[Mapping[str, str]] = {
    "result": "result",
    "results": "result",
    "status": "status",
    "kind": "kind",
    "reasons": "reason",
    "outcomes": "outcome",
}
# What events say, in Swedish; both names can be typed.
FIELDS: Final[Mapping[str, str]] = {
    "result": "resultat", "outcome": "utfall", "what": "vad", "employer": "arbetsgivare", "reason": "skäl", "channel": "väg_in",
    "back": "åter", "name": "namn", "role": "roll", "person": "person", "rule": "krav", "start": "omgång", "until": "till_och_med",
    "action": "åtgärd", "count": "antal", "unit": "enhet", "point": "tidpunkt", "to": "till", "born": "född", "precedence": "företräde",
}  # fmt: skip
LONGEST: Final = 1000
# Where many words are listed to be typed, they are written as they are typed.
_TYPED: Final = ("results", "reasons", "outcomes")


def told(fault: TracksError, lang: str) -> str:
    """What went wrong and what to do, in a language."""
    values = {name: _words(name, value, lang) for name, value in fault.values.items()}
    refused = getattr(fault, "refused", None)
    if refused:
        values["first"] = f"{refused[0].number}: {told(refused[0].why, lang)}"
    text = type(fault).swedish if lang == "sv" else " ".join((type(fault).__doc__ or "").split())
    return text.format_map(values)


def _words(name: str, value: Any, lang: str) -> Any:
    from tracks.texts import word

    if not isinstance(value, str):
        return value
    short = value.replace("\n", " ") if len(value) <= LONGEST else f"{value[:LONGEST]} …"
    if name not in _TABLES:
        return short
    words = [word(_TABLES[name], code, lang) for code in short.split(", ")]
    return ", ".join(one.replace(" ", "_") if name in _TYPED else one for one in words)
