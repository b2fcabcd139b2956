"""The message of a refusal in the words of the reader: the codes in it as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from commands.runtime.texts import message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from definitions.model.refusal import Refusal

# Which table the codes of a value belong to, by the value's name.
_TABLES: Final[Mapping[str, str]] = {
    "result": "result",
    "results": "result",
    "status": "status",
    "kind": "kind",
    "before": "kind",
    "kinds": "kind",
    "reasons": "reason",
    "outcome": "outcome",
    "outcomes": "outcome",
    "channels": "channel",
}
# What events say, in Swedish; both names can be typed.
FIELDS: Final[Mapping[str, str]] = {
    "result": "resultat", "outcome": "utfall", "what": "vad", "employer": "arbetsgivare", "reason": "skäl", "channel": "väg_in",
    "back": "åter", "name": "namn", "role": "roll", "person": "person", "rule": "krav", "start": "omgång", "until": "till_och_med",
    "action": "åtgärd", "count": "antal", "unit": "enhet", "point": "tidpunkt", "to": "till", "born": "född", "precedence": "företräde",
}  # fmt: skip
# What commands take, and what is done to a start, in Swedish.
CHOICES: Final[Mapping[str, str]] = {
    "confirm": "bekräfta", "cancel": "ställ_in", "postpone": "skjut_upp", "withdraw": "drar_sig_ur", "skip": "hoppa_över",
    "add": "lägg_till", "repeat": "gör_om",
    "shorten": "korta", "lengthen": "förläng", "cancelled": "inställd", "postponed": "uppskjuten", "confirmed": "bekräftad",
    "begun": "redan börjad", "report": "rapportera",
}  # fmt: skip
LONGEST: Final = 1000
# Where many words are listed to be typed, they are written as they are typed.
_TYPED: Final = ("results", "reasons", "outcome", "outcomes", "kinds", "channels")


def refusal_text(fault: Refusal, lang: str) -> str:
    """Compose what went wrong and what to do about it, in a language."""
    values = {
        name: _expected(fault, value, lang) if name == "expected" else words_of(name, value, lang) for name, value in fault.values.items()
    }
    refused = getattr(fault, "refused", None)
    if refused:
        values["first"] = f"{refused[0].number}: {refusal_text(refused[0].why, lang)}"
    return fault.message(lang, values)


def _expected(fault: Refusal, value: Any, lang: str) -> Any:
    """The values that a fact takes, in one language."""
    from definitions.model.vocabulary import SCHOOLING, SEX

    if value == "yes/no (ja/nej)":
        return message("value.yes_or_no", lang)
    codes = {"sex": SEX, "schooling": SCHOOLING}.get(str(fault.values.get("fact")))
    return ", ".join(codes.values() if lang == "sv" else codes) if codes else value


def rule_words(text: str, lang: str) -> str:
    """Conditions as one writes them in a language; what is none stays as it is."""
    # Conditions are kept in English, whatever language they were written in.
    if lang == "en":
        return text
    from definitions.conditions.compiler import render_condition
    from definitions.conditions.parser import ConditionError
    from definitions.model.vocabulary import EXCEPTED, key

    if text in EXCEPTED:
        return key(text, "sv")
    if " | " in text:
        return " | ".join(rule_words(part, lang) for part in text.split(" | "))
    try:
        return "; ".join(render_condition(part, "sv") for part in text.split("; "))
    except ConditionError:
        return text  # what a person typed is shown as it was typed


def _point(point: str, lang: str) -> str:
    from tracks.texts import point_words

    return point_words(point, lang)


def _fact(name: str, lang: str) -> str:
    from tracks.texts import fact_word

    return fact_word(name, lang)


def _choice(name: str, lang: str) -> str:
    return CHOICES.get(name, name) if lang == "sv" else name


def _action(name: str, lang: str) -> str:
    """What may be decided; the id of a step is the same in both languages."""
    return {"next": "nästa", "retry": "gör_om"}.get(name, name) if lang == "sv" else name


def _field(name: str, lang: str) -> str:
    return FIELDS[name] if lang == "sv" and name in FIELDS else _fact(name, lang)


def words_of(name: str, value: Any, lang: str) -> Any:
    """Put a value of a refusal into the words that its reader types.

    Args:
        name: the name of the value, which tells what it is: a code of a table, a point in time, a condition.
        value: the value; what is no text stays as it is.
        lang: the language of the reader.

    Returns:
        The value for the message; a list, joined by commas, is put into words item by item.

    """
    from tracks.texts import word

    if not isinstance(value, str):
        return value
    # A value may be a whole file that somebody gave in place of a word; a message is one line.
    short = value.replace("\n", " ") if len(value) <= LONGEST else f"{value[:LONGEST]} …"
    if name in _NAMED:
        return ", ".join(_NAMED[name](one, lang) for one in short.split(", "))
    if name in ("rule", "rules"):
        return rule_words(short, lang)
    if name == "stands":
        return message("refused.stands", lang, stands=rule_words(short, lang)) if short else ""
    if name not in _TABLES:
        return short
    words = [word(_TABLES[name], code, lang) for code in short.split(", ")]
    return ", ".join(one.replace(" ", "_") if name in _TYPED else one for one in words)


# What is said by its name in the language, by the name of the value.
_NAMED: Final[Mapping[str, Callable[[str, str], str]]] = {
    "point": _point, "points": _point, "length": _point, "choices": _choice, "action": _choice, "reason": _choice,
    "actions": _action, "field": _field, "fields": _field, "fact": _fact, "facts": _fact,
}  # fmt: skip
