"""Explains what a code, a key, a word or a rule of the language means, in Swedish or in English."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from definitions.checks.goals import READY
from definitions.model import vocabulary as v
from definitions.model.catalogues import message, text
from definitions.model.spelling import nearest
from definitions.model.value_types import FORMS, WORDS
from definitions.reference import example_files
from definitions.reference.translate import translate
from definitions.reference.word_tables import WORD_TABLES
from definitions.source.diagnostics import WARNINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INDICATORS: Final = Path(__file__).parents[1] / "indicators"
_STEPS: Final = "steg:\n"
_RULE: Final = re.compile(r"(?:regel|rule|r)? ?([0-9]{1,3})")
_KEY: Final = re.compile(r"(^[ \t-]*|[{,] *|(?<=\w) )(\w+)(?=:)", re.MULTILINE)
_LONE_WORD: Final = re.compile(r"(?<=\[)\w+(?=\])")
# An example may be there for its very length (JS028); a line of it is enough to see that.
WIDEST: Final = 200
LONGEST_SHOWN: Final = 1000
# The rules of the language by number, and the first of each part.
RULES: Final = range(1, 61)
PARTS: Final = (1, 7, 17, 25, 33, 36, 43, 47, 54)


class _Holes(dict[str, str]):
    """The keys that a message names; what differs from file to file is left open."""

    def __missing__(self, key: str) -> str:
        return "…"


def explain(name: str, lang: v.Lang) -> str | None:
    """Explain a name; None where nothing is known of it."""
    asked = " ".join(name.split())
    if example_files.is_code(asked.upper()):
        return _code(asked.upper(), lang)
    if (number := _RULE.fullmatch(asked.casefold())) is not None and int(number[1]) in RULES:
        return f"{rule_text(int(number[1]), lang)}\n"
    found = [*_keys(asked.casefold(), lang), *_words(asked.casefold(), lang), *_measures(asked.casefold(), lang)]
    return "\n\n".join(found) + "\n" if found else None


def rule_text(number: int, lang: v.Lang) -> str:
    """Word a rule with the part that it belongs to."""
    part = max(first for first in PARTS if first <= number)
    return f"{message('heading.rule', lang)} {number} ({message(f'part.{part:02}', lang).casefold()}): {message(f'rule.{number:02}', lang)}"


def overview(lang: v.Lang) -> str:
    """List every key where it stands, and every code, a line each."""
    lines = []
    for section, forms in FORMS.items():
        lines.append(f"{message(f'section.{section}', lang)}:")
        lines += [f"  {v.key(key, lang, section)}: {message(f'key.{section}.{key}', lang)}" for key in forms]
    return "\n".join([*lines, *(f"{code}: {_open_text(code, lang)}" for code in example_files.finding_codes())]) + "\n"


def names() -> list[str]:
    """List everything that can be asked about."""
    words = [word for table in WORD_TABLES.values() for pair in table.items() for word in pair]
    return [*example_files.finding_codes(), *dict.fromkeys([*v.KEYS, *v.KEYS.values(), *v.CASE_KEYS.values(), *words, *READY])]


def _measures(name: str, lang: v.Lang) -> Iterator[str]:
    """Show a ready measure as its file says it, with its source."""
    if name in READY:
        file = translate((INDICATORS / f"{name}.yaml").read_text(encoding="utf-8"), lang)
        lines = [line for line in file.splitlines() if not line.startswith("#")]
        yield "\n".join([f"{name}: {message('measure', lang)}", *(f"    {line}" for line in lines)])


def suggest_name(name: str, more: Iterable[str] = ()) -> str:
    """Find the name of the language, or among `more`, that was perhaps meant; empty where none is near."""
    known = (*more, *names())
    return nearest(name, known, most_compared=sum(map(len, known))) or ""


def _code(code: str, lang: v.Lang) -> str:
    severity = message("severity.warning" if code in WARNINGS else "severity.error", lang)
    lines = [f"{code} ({severity}): {_open_text(code, lang)}", "", f"{message('heading.why', lang)}: {message(f'{code}.why', lang)}"]
    lines.append(f"{message('heading.do', lang)}: {_open_text(f'{code}.hint', lang)}")
    for heading, text_ in _examples(code, lang):
        lines += ["", f"{heading}:", *_indented(text_)]
    return "\n".join(lines) + "\n"


def build_sarif_rule(code: str, lang: v.Lang) -> dict[str, object]:
    """Build what a code host shows of a code beside its findings."""
    return {
        "id": code,
        "shortDescription": {"text": _open_text(code, lang)},
        "fullDescription": {"text": message(f"{code}.why", lang)},
        "help": {"text": _open_text(f"{code}.hint", lang), "markdown": _markdown(code, lang)},
        "defaultConfiguration": {"level": "warning" if code in WARNINGS else "error"},
    }


def _markdown(code: str, lang: v.Lang) -> str:
    shown = (f"{heading}:\n\n```yaml\n{text_[:LONGEST_SHOWN]}\n```" for heading, text_ in _examples(code, lang))
    return "\n\n".join((_open_text(f"{code}.hint", lang), *shown))


def _examples(code: str, lang: v.Lang) -> Iterator[tuple[str, str]]:
    """The bad and the good text of a code in a language, each with its heading; what is outside the language stays as it is."""
    example = example_files.finding_example(code)
    for heading, text_ in (("heading.bad", example.bad), ("heading.good", example.good)):
        yield message(heading, lang), text_ if example.outside else translate_example(text_, lang)


def translate_example(example: str, lang: v.Lang) -> str:
    """Translate an example of a code into a language."""
    steps = _STEPS if example.startswith("- {id") else ""
    known = translate(steps + example, lang).split("\n", 1)[1] if steps else translate(example, lang)
    # What cannot be read as YAML shows its mistake as well with the keys and words of the reader's language.
    keyed = _KEY.sub(lambda match: match[1] + _key_in(match[2], lang), known)
    return _LONE_WORD.sub(lambda match: v.word(v.code(match[0], v.BUILT_IN) or match[0], v.BUILT_IN, lang), keyed)


def _key_in(written: str, lang: v.Lang) -> str:
    return v.key(v.english_key(written) or written, lang, "case" if written in v.CASE_KEYS.values() else "")


def _open_text(key: str, lang: v.Lang) -> str:
    keys = {name: v.key(name, lang) for name in ("rule", "reason", "until", "indicator", "counts", "track", "agreement", "signed")}
    return text(key, lang).format_map(_Holes(keys))


def _indented(text: str) -> Iterator[str]:
    return (f"    {line[:WIDEST]}{'…' * (len(line) > WIDEST)}" for line in text.split("\n"))


def _keys(name: str, lang: v.Lang) -> Iterator[str]:
    section, _, key = name.rpartition(".")
    for where, keys in v.SPELLINGS.items():
        if key in keys and (not section or section in (where, message(f"section.{where}", lang))):
            yield "\n".join(_key(where, keys[key], lang))


def _key(section: str, key: str, lang: v.Lang) -> Iterator[str]:
    other: v.Lang = "sv" if lang == "en" else "en"
    yield f"{v.key(key, lang, section)}: {message(f'key.{section}.{key}', lang)}"
    yield f"  {message('heading.in', lang)}: {message(f'section.{section}', lang)}"
    yield f"  {message('heading.other', lang)}: {v.key(key, other, section)}"
    yield f"  {message('heading.value', lang)}: {describe_value(FORMS[section][key], lang)}"
    if default := default_text(section, key, lang):
        yield f"  {message('heading.default', lang)}: {default}"
    yield f"  {message('heading.example', lang)}: {_example_line(section, key, example_files.key_example(section, key).example, lang)}"


def default_text(section: str, key: str, lang: v.Lang) -> str:
    """Show the value of a key that is left out.

    Args:
        section: The section that the key stands in.
        key: The English name of the key.
        lang: The reader's language.

    Returns:
        The value as one would write it; empty where there is none.

    """
    default = example_files.key_example(section, key).default
    return _example_line(section, key, default, lang).partition(": ")[2] if default else ""


def _example_line(section: str, key: str, value: str, lang: v.Lang) -> str:
    return translate(f"{v.key(key, 'sv', section)}: {value}", lang, section)


def describe_value(form: str, lang: v.Lang) -> str:
    """Describe what a value of a form is."""
    kind, _, section = form.partition(" ")
    if section:
        return message(f"value.{kind}", lang, known=v.listed(v.key(name, lang, section) for name in v.SECTIONS[section]))
    if form in WORDS:
        return message("value.words", lang, known=v.listed(v.words(WORDS[form], lang)))
    return message(f"value.{form}", lang)


def render_word_example(table: str, code: str, lang: v.Lang) -> str:
    """Show a key whose value has a word in it.

    Args:
        table: The table of `WORD_TABLES` that the word belongs to.
        code: The English word.
        lang: The reader's language.

    """
    section, example = example_files.word_example(table, code)
    return translate(example.replace("…", WORD_TABLES[table][code]), lang, section)


def _words(name: str, lang: v.Lang) -> Iterator[str]:
    other: v.Lang = "sv" if lang == "en" else "en"
    spaced = _spaced(name)
    for table, words in WORD_TABLES.items():
        for code, swedish in words.items():
            if spaced in (_spaced(code), _spaced(swedish)):
                yield "\n".join((
                    f"{v.word(code, words, lang)}: {message(f'word.{table}.{code}', lang)}",
                    f"  {message('heading.word', lang)}: {message(f'place.{table}', lang)}",
                    f"  {message('heading.other', lang)}: {v.word(code, words, other)}",
                    f"  {message('heading.example', lang)}: {render_word_example(table, code, lang)}",
                ))  # fmt: skip


def _spaced(name: str) -> str:
    return name.replace("_", " ").casefold()
