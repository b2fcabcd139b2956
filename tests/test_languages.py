"""Each text is in its own language and in no other, as far as its words can tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from definitions.model import vocabulary as v
from hatch_build import catalogues, language, read

if TYPE_CHECKING:
    from pathlib import Path

FILES = [pytest.param(po, id=f"{po.stem}-{language(po)}") for po in catalogues()]
# What is no running text: what is typed or quoted, values, names of options, files and codes.
QUOTED: Final = re.compile(
    r"`[^`]*`|“[^”]*”|”[^”]*”|\"[^\"]*\"|\{\{|\}\}|\{(\w+):([^{}]*)\}|\{\w*\}|--?[a-z-]+|\bjobbspar( [a-z-]+)?|[A-Z_]{3,}|JS\d+"
)
WORD: Final = re.compile(r"[A-Za-zåäöÅÄÖé]+")


def _set(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(text))


ENGLISH: Final = _set("""
    the and of is are was were be been being this that these those which who whom whose what when where why how with without from into upon
    than then there their they it its not no nothing nobody never must may cannot could should would shall have does did done make given
    give take write written say says said see seen look if or such each every any some other another only also after before until since
    once most less least first last new old step steps track place places file line row rows key keys value values day days week weeks
    month months
""") - _set("place not no be")  # a place-name, a note, a number sign and to ask are Swedish too
SWEDISH: Final = _set("""
    och att inte är som det de på för med av till från ett ingen inget inga eller så när där här vad vem hur kan ska måste får finns har
    blev blir varje alla allt andra annat också redan sedan efter före över mellan utan vid mot någon något några sin sitt sina deras skriv
    ange rad rader fil filer steg spår omgång platser dag dagar vecka veckor
""")
# Swedish terms that English keeps, and names.
KEPT: Final = _set(" ".join([*v.STEP_TYPES, *v.TRACK_TYPES])) | _set("""
    lokalt lokala jobbspår avsiktsförklaring Delegationen för unga och nyanlända till arbete Arbetsförmedlingen Försäkringskassan
    Jobbnätet Göteborg å ä ö
""")
# Words that both languages have, and abbreviations.
SHARED: Final = _set("definition format id kronor man n ok period ref religion s server ssyk start status system text version")


def words(text: str) -> list[str]:
    """The words of a text that are its own."""
    return [word.lower() for word in WORD.findall(QUOTED.sub(lambda found: (found[2] or " ").replace("|", " "), text))]


def of_other_language(text: str, lang: str) -> set[str]:
    """Words of a text that are of the other language."""
    if lang == "sv":
        return {word for word in words(text) if word in ENGLISH}
    return {word for word in words(text) if (word in SWEDISH or re.search("[åäö]", word)) and word not in KEPT}


@pytest.mark.parametrize("po", FILES)
def test_a_text_has_no_words_of_the_other_language(po: Path) -> None:
    found = {str(one.id): of_other_language(str(one.string), language(po)) for one in read(po) if one.id}
    assert {key: alien for key, alien in found.items() if alien} == {}


@pytest.mark.parametrize(
    ("text", "lang"), [("Inget steg is kvar, and that is it.", "sv"), ("The omgång is full.", "en"), ("{n:row|rader}", "en")]
)
def test_a_word_of_the_other_language_would_be_seen(text: str, lang: str) -> None:
    assert of_other_language(text, lang)


@pytest.mark.parametrize("po", FILES)
def test_quotation_marks_are_those_of_the_language(po: Path) -> None:
    found = {str(one.id): re.findall("[“”]", str(one.string)) for one in read(po) if one.id}
    wanted = ("”", "”") if language(po) == "sv" else ("“", "”")
    assert [key for key, marks in found.items() if marks != list(wanted) * (len(marks) // 2)] == []


@pytest.mark.parametrize("domain", sorted({po.stem for po in catalogues()}))
def test_a_text_is_the_same_in_both_languages_only_where_its_words_are(domain: str) -> None:
    swedish, english = (
        {str(one.id): str(one.string) for one in read(po) if one.id}
        for lang in ("sv", "en")
        for po in catalogues()
        if po.stem == domain and language(po) == lang
    )
    # A line to type is the same where it holds nothing but a command and its values.
    alike = {key: text for key, text in swedish.items() if text == english[key] and not text.lstrip().startswith("jobbspar ")}
    assert {key: text for key, text in alike.items() if set(words(text)) - SHARED} == {}
