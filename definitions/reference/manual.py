"""Renders the reference of the language as one page of Markdown, out of what the loader, `explain` and the messages use."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from definitions.model import vocabulary as v
from definitions.model.catalogues import message
from definitions.model.value_types import FORMS, REQUIRED
from definitions.reference.example_files import manual_track
from definitions.reference.explain import PARTS, RULES, default_text, describe_value, render_word_example
from definitions.reference.translate import translate
from definitions.reference.word_tables import WORD_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Tables whose words the page before them has explained already.
_KNOWN: Final = frozenset({"step_type", "track_type", "money"})
# What values look like, in the order in which one meets them.
_FORMS: Final = ("id", "date", "length", "point", "condition", "share", "text")


def render_manual(lang: v.Lang) -> str:
    """Render everything there is to know to write a track, in the order in which one needs it."""
    parts = (_intro(lang), _keys(lang), _words(lang), _rules(lang))
    return "\n".join(chain.from_iterable(parts)).rstrip("\n") + "\n"


def _intro(lang: v.Lang) -> Iterator[str]:
    yield f"# {message('reference.title', lang)}"
    yield ""
    for number in (1, 2, 3):
        yield message(f"reference.intro.{number}", lang)
        yield ""
    yield f"```yaml\n{translate(manual_track(), lang)}```"
    yield ""
    yield f"## {message('reference.values', lang)}"
    yield ""
    for form in _FORMS:
        yield f"- **{message(f'reference.form.{form}', lang)}**: {message(f'reference.form.{form}.means', lang)}"
    yield ""


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]], lang: v.Lang) -> Iterator[str]:
    heads = [message(f"reference.{column}", lang) for column in columns]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join(' --- ' for _ in heads)}|"
    for row in rows:
        cells = [cell.replace("|", "\\|") for cell in row]
        yield f"| {' | '.join(cells)} |"


def _keys(lang: v.Lang) -> Iterator[str]:
    yield f"## {message('reference.keys', lang)}"
    titles = {section: message(f"section.{section}", lang) for section in FORMS}
    for title, sections in _by_title(titles):
        yield from ("", f"### {_capital(title)}", "")
        rows = (_key(section, key, form, lang) for section in sections for key, form in FORMS[section].items())
        yield from _table(("key", "other", "value", "meaning"), rows, lang)
    yield ""


def _by_title(titles: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Group the names that have one title, at the place of the first."""
    for title in dict.fromkeys(titles.values()):
        yield title, [name for name, found in titles.items() if found == title]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _key(section: str, key: str, form: str, lang: v.Lang) -> tuple[str, str, str, str]:
    other: v.Lang = "sv" if lang == "en" else "en"
    notes = [message(f"key.{section}.{key}", lang)]
    if key in REQUIRED.get(section, ()):
        notes.append(message("reference.required", lang))
    if default := default_text(section, key, lang):
        notes.append(message("reference.default", lang, value=default))
    return f"`{v.key(key, lang, section)}`", f"`{v.key(key, other, section)}`", _value(form, lang), " ".join(notes)


def _value(form: str, lang: v.Lang) -> str:
    _, _, section = form.partition(" ")
    return message("reference.below", lang, section=message(f"section.{section}", lang)) if section else describe_value(form, lang)


def _words(lang: v.Lang) -> Iterator[str]:
    yield f"## {message('reference.words', lang)}"
    for title, tables in _by_title({table: message(f"place.{table}", lang) for table in WORD_TABLES if table not in _KNOWN}):
        yield from ("", f"### {_capital(title)}", "")
        yield from _table(("word", "other", "meaning"), (row for table in tables for row in _meanings(table, lang)), lang)
        examples = (f"`{render_word_example(table, next(iter(WORD_TABLES[table])), lang)}`" for table in tables)
        yield from ("", f"{message('reference.example', lang)}: {', '.join(examples)}")
    yield ""


def _meanings(table: str, lang: v.Lang) -> Iterator[tuple[str, str, str]]:
    other: v.Lang = "sv" if lang == "en" else "en"
    words = WORD_TABLES[table]
    for code in words:
        yield f"`{v.word(code, words, lang)}`", f"`{v.word(code, words, other)}`", message(f"word.{table}.{code}", lang)


def _rules(lang: v.Lang) -> Iterator[str]:
    yield f"## {message('reference.rules', lang)}"
    yield ""
    for number in RULES:
        if number in PARTS:
            yield from ("", f"**{message(f'part.{number:02}', lang)}**", "")
        yield f"{number}. {message(f'rule.{number:02}', lang)}"
