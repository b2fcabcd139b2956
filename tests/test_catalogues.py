"""Both languages whole: every text in Swedish and in English, said of the same values, and compiled as it is written."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from definitions.model.catalogues import Catalogue, CatalogueUnfit, catalogue
from hatch_build import ROOT, CatalogueRefused, catalogues, compile_one, language, normalised, read, stale
from tests import catalogue_keys as code
from tests.commands.workspace import typed

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGS = ("sv", "en")
DOMAINS = sorted({po.stem for po in catalogues()})
FILES = [pytest.param(po, id=f"{po.stem}-{language(po)}") for po in catalogues()]


def texts(domain: str) -> Mapping[str, Mapping[str, str]]:
    """Every text of a domain, by language and key."""
    found = {language(po): {str(one.id): str(one.string) for one in read(po) if one.id} for po in catalogues() if po.stem == domain}
    assert set(found) == set(LANGS)
    return found


def holes(text: str) -> dict[str, int]:
    """The values that a text wants, and the most forms that it has for one of them."""
    found: dict[str, int] = {}
    for _, name, form, _ in Formatter().parse(text):
        if name is not None:
            assert name.isidentifier(), text
            found[name] = max(found.get(name, 1), len((form or "").split("|")))
    return found


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_there_in_both_languages(domain: str) -> None:
    found = texts(domain)
    assert set(found["sv"]) ^ set(found["en"]) == set()
    assert [key for lang in LANGS for key, text in found[lang].items() if not text.strip()] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_say_the_same_values(domain: str) -> None:
    found = texts(domain)
    assert [key for key in found["sv"] if set(holes(found["sv"][key])) != set(holes(found["en"][key]))] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_key_that_the_code_says_is_in_the_catalogue(domain: str) -> None:
    known = set(texts(domain)["sv"])
    asked = code.found(domain).asked
    alike = {text for text in code.found(domain).whole if code.looks_like_a_key(domain, text, known)}
    raised = {name for name, where in code.errors().items() if where == domain}
    composed = {key for keys in code.composed()[domain].values() for key in keys}
    assert (asked | alike | raised | composed) - known == set()


def test_whatever_is_to_be_done_or_waited_for_has_its_words_on_the_screen_and_on_the_page() -> None:
    def named(domain: str, prefix: str) -> set[str]:
        return {key.removeprefix(f"{prefix}.") for key in texts(domain)["sv"] if key.startswith(f"{prefix}.")}

    assert code.given_to("tracks", "Todo") - named("tracks", "todo") == set()
    assert {name.partition(".")[0] for name in named("tracks", "todo")} == named("reports", "todo")
    assert code.given_to("tracks", "Reason") - named("commands", "why") == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_said_somewhere(domain: str) -> None:
    composed = {key for keys in code.composed()[domain].values() for key in keys}
    others = {key for key in texts(domain)["sv"] if code.family(domain, key) is None}
    assert {key for key in texts(domain)["sv"] if key not in others} - composed == set()
    assert {key for key in others if not code.is_said(domain, key)} == set()


def test_a_code_of_a_refusal_is_of_the_package_that_defines_it_has_one_constant_and_is_used() -> None:
    codes = code.refusal_codes()
    assert [name for domain, _, name in codes if name.partition(".")[0] != domain] == []
    assert len({constant for _, constant, _ in codes}) == len({name for _, _, name in codes}) == len(codes)
    assert [name for _, constant, name in codes if constant not in code.used_names()] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_given_the_values_that_it_wants(domain: str) -> None:
    wanted = {key: set(holes(text)) for key, text in texts(domain)["sv"].items()}
    lacking = [
        (place, key, sorted(wanted[key] - given))
        for where in DOMAINS
        for domain_of_key, key, place, given in code.found(where).calls
        if domain_of_key == domain and key in wanted and "**" not in given and wanted[key] - given
    ]
    assert lacking == []


@pytest.mark.parametrize("po", FILES)
def test_a_number_has_as_many_forms_as_the_language(po: Path) -> None:
    catalog = read(po)
    several = {str(one.id): set(holes(str(one.string)).values()) - {1} for one in catalog if one.id}
    assert {key: forms for key, forms in several.items() if forms - {catalog.num_plurals}} == {}


@pytest.mark.parametrize("po", FILES)
def test_no_text_is_doubtful_or_left_over(po: Path) -> None:
    catalog = read(po)
    assert [one.id for one in catalog if one.fuzzy and one.id] == []
    assert list(catalog.obsolete) == []


@pytest.mark.parametrize("po", FILES)
def test_a_catalogue_is_written_as_babel_writes_it(po: Path) -> None:
    assert po.read_text(encoding="utf-8") == normalised(po), "run `make catalogues`"


@pytest.mark.parametrize("po", FILES)
def test_what_is_compiled_is_what_is_written(po: Path) -> None:
    assert not stale(po)
    with po.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert [one.id for one in read(po) if one.id and compiled.gettext(str(one.id)) != one.string] == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('msgid "found"\nmsgstr "en gång till"\n', r'or have two texts: "found"; delete'),
        ('msgid "lost"\nmsgstr "ett"\nmsgstr "två"\n', r'or have two texts: "lost"; delete'),
        ("<<<<<<< HEAD\n", r"spoken_here\.po:9: <<<<<<< HEAD"),
    ],
)
def test_what_a_merge_left_undecided_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, words: str
) -> None:
    po = spoken_here(tmp_path, monkeypatch)
    po.write_text(f"{po.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
    with pytest.raises(CatalogueRefused, match=words):
        compile_one(po)


def test_the_same_catalogue_compiles_to_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        po = tmp_path / name / "sv" / "LC_MESSAGES" / "flows.po"
        po.parent.mkdir(parents=True)
        po.write_bytes((ROOT / "flows/locales/sv/LC_MESSAGES/flows.po").read_bytes())
        compile_one(po)
        made.append(po.with_suffix(".mo").read_bytes())
        assert sorted(path.name for path in po.parent.iterdir()) == ["flows.mo", "flows.po"]
    assert made[0] == made[1]


def test_a_catalogue_that_is_compiled_already_is_left_so_that_another_build_packs_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    po = spoken_here(tmp_path, monkeypatch)
    made = po.with_suffix(".mo")
    before = made.stat().st_ino
    os.utime(made, (0, 0))
    compile_one(po)
    assert (made.stat().st_ino, stale(po)) == (before, False)


def spoken_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own with one text, compiled; where its catalogue stands."""
    po = folder / "spoken_here" / "locales" / "sv" / "LC_MESSAGES" / "spoken_here.po"
    po.parent.mkdir(parents=True)
    (folder / "spoken_here" / "__init__.py").touch()
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    po.write_text(f'{head}\nmsgid "found"\nmsgstr "{{count:fil|filer}} på {{place}}"\n', encoding="utf-8")
    compile_one(po)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "spoken_here", raising=False)
    return po


def test_a_text_is_filled_with_its_values_and_a_number_takes_its_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken_here(tmp_path, monkeypatch)
    said = Catalogue("spoken_here")
    assert said.message("found", "sv", count=1, place="disken") == "1 fil på disken"
    assert said.message("found", "sv", count=0, place="disken") == "0 filer på disken"
    assert said.text("found", "sv") == "{count:fil|filer} på {place}"


def test_a_text_that_is_not_there_is_an_error_and_never_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken_here(tmp_path, monkeypatch)
    said = Catalogue("spoken_here")
    assert [said.has("found", "sv"), said.has("lost", "sv")] == [True, False]
    with pytest.raises(KeyError):
        said.message("lost", "sv")
    with pytest.raises(KeyError):
        said.message("found", "sv", count=1)


@pytest.mark.parametrize("how", ["missing", "older"])
def test_a_catalogue_that_is_missing_or_older_than_its_texts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    po = spoken_here(tmp_path, monkeypatch)
    if how == "missing":
        po.with_suffix(".mo").unlink()
    else:
        os.utime(po, (po.stat().st_mtime + 60,) * 2)
    with pytest.raises(CatalogueUnfit, match="make catalogues"):
        Catalogue("spoken_here").message("found", "sv", count=1, place="disken")


def test_the_command_line_without_its_catalogues_says_so_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def unfit(package: str, lang: str) -> None:
        raise CatalogueUnfit(Path(f"{package}-{lang}.mo"))

    for package in ("tracks", "commands"):
        monkeypatch.setattr(catalogue(package), "_read", {})
    monkeypatch.setattr("definitions.model.catalogues._opened", unfit)
    said = typed("tracks", "--db", "nowhere.db", "--lang", "sv")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines() == [
        "Fel: texterna i tracks-sv.mo saknas eller är äldre än sin .po-fil; kör `make catalogues`, eller installera om.",
        "Error: the texts in tracks-sv.mo are missing or older than their .po file; run `make catalogues`, or install again.",
    ]
