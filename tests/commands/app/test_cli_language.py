"""The commands that tell the language: `explain`, `schema`, `fmt`, and `init` with a schema beside and from an example."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from definitions.loading.loader import load_paths
from definitions.reference.example_files import finding_codes
from tests.commands.workspace import typed
from tracks.texts import TABLES, word

ROOT = Path(__file__).parents[3]
MIXED = "spår: x # ett\nname: X\ntyp: förberedande spår\nsteg:\r\n  - {id: a, type: praktik, längd: 2 weeks}\n"


def test_explain_tells_a_code_a_key_and_a_word_in_the_language() -> None:
    assert "Diskrimineringslagen" in typed("explain", "JS109", "--lang", "sv").out
    assert "Discrimination Act" in typed("explain", "js109", "--lang", "en").out
    assert typed("explain", "längd", "--lang", "en").out.startswith("length: ")
    assert "regel 45" in typed("explain", "utfall", "--lang", "sv").out
    assert typed("explain", "vid", "behov", "--lang", "sv").code == 0


LOGGED = [(table, code) for table in ("status", "kind", "reason", "channel", "outcome") for code in TABLES[table]]


@pytest.mark.parametrize(("table", "code"), LOGGED)
def test_explain_tells_every_status_event_and_code_by_each_of_its_names(table: str, code: str) -> None:
    for lang in ("sv", "en"):
        shown = word(table, code, lang)
        for name in (code, shown, shown.replace(" ", "_"), shown.upper()):
            said = typed("explain", *name.split(), "--lang", lang)
            assert said.code == 0, (name, said.err)
            assert said.out.strip()
    assert word(table, code, "sv").replace(" ", "_") in typed("explain", code, "--lang", "sv").out.replace(" ", "_")


def test_explain_tells_what_an_event_is_who_says_it_and_when() -> None:
    assert typed("explain", "step_started", "--lang", "sv").out == (
        "steg startat: en händelse i loggen.\n"
        "  I JSON och CSV: step_started; på engelska: step started\n"
        "  Vem: motorn; det följer av vad som är sagt.\n"
    )
    assert "Can be said when the status is: referred, waiting, offered, accepted\n" in typed("explain", "tackat", "nej", "--lang", "en").out
    paused = typed("explain", "paus", "--lang", "sv").out
    assert "paus: status på en inskrivning." in paused
    assert "paus: en händelse i loggen." in paused
    assert "har platsen: hur någon står till en plats" in typed("explain", "holding", "--lang", "sv").out
    assert "menade du steg startat?" in typed("explain", "steg", "startatt", "--lang", "sv").err


@pytest.mark.parametrize(("lang", "line"), [("sv", "  svar_inom: Så länge gäller"), ("en", "  answer_within: An offer is valid")])
def test_explain_alone_tells_all_keys_and_codes_in_short(lang: str, line: str) -> None:
    said = typed("explain", "--lang", lang).out
    assert line in said
    assert len([row for row in said.splitlines() if row.startswith("JS")]) == len(finding_codes())


def test_a_name_that_nothing_has_ends_with_4_and_the_nearest_one() -> None:
    said = typed("explain", "langd", "--lang", "sv")
    assert (said.code, said.err) == (4, "Fel: Det finns inget langd (menade du längd?).\n")
    assert typed("explain", "qqqqqqqqqqqq", "--lang", "en").code == 4


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_schema_is_json_schema(lang: str) -> None:
    said = typed("schema", "--lang", lang)
    assert said.code == 0
    jsonschema.Draft202012Validator.check_schema(said.json)


def test_init_writes_the_schema_beside_the_track_that_names_it(tmp_path: Path) -> None:
    assert typed("init", str(tmp_path), "--lang", "sv").code == 0
    track = (tmp_path / "tracks" / "forsta-sparet.yaml").read_text("utf-8")
    name = track.splitlines()[0].partition("$schema=")[2]
    schema = json.loads((tmp_path / "tracks" / name).read_text("utf-8"))
    jsonschema.validate(yaml.load(track, yaml.BaseLoader), schema, jsonschema.Draft202012Validator)  # noqa: S506 - it makes texts only
    assert typed("check", str(tmp_path / "tracks"), "--lang", "sv").out == "Inget att anmärka på: 2 filer.\n"


@pytest.mark.parametrize("example", ["dua", "vard-norrort", "jobbtorg-jonkoping", "filur"])
def test_init_begins_from_an_example(example: str, tmp_path: Path) -> None:
    made = typed("init", str(tmp_path / "w"), "--from", example, "--lang", "sv")
    assert made.code == 0, made.err
    assert typed("check", str(tmp_path / "w" / "tracks"), "--lang", "sv").code == 0
    if example == "vard-norrort":
        assert "enrol vard-norrort" in made.out


def test_the_first_track_is_the_same_in_both_languages_but_for_its_names(tmp_path: Path) -> None:
    meant = {}
    for lang in ("sv", "en"):
        assert typed("init", str(tmp_path / lang), "--lang", lang).code == 0
        found = typed("check", str(tmp_path / lang / "tracks"), "--lang", lang)
        assert (found.code, found.out.count("\n")) == (0, 1)
        (loaded,) = load_paths([tmp_path / lang / "tracks" / "forsta-sparet.yaml"])
        meant[lang] = json.loads(
            re.sub(r'"(name|owner|type)": "[^"]*"', '"": ""', json.dumps(loaded.track.meaning() if loaded.track else {}))
        )
    assert meant["sv"] == meant["en"]


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_what_init_writes_is_written_in_the_language_of_whoever_asks(tmp_path: Path, lang: str) -> None:
    assert typed("init", str(tmp_path / "first"), "--lang", lang).code == 0
    assert typed("init", str(tmp_path / "dua"), "--from", "dua", "--lang", lang).code == 0
    for file in [*tmp_path.glob("*/tracks/*.yaml"), *tmp_path.glob("*/*.toml")]:
        text = file.read_text("utf-8")
        assert any(word in text for word in ("\nsteg:", "\nfall:", "# Inställningar")) is (lang == "sv"), file
        assert any(word in text for word in ("\nsteps:", "\ncases:", "# Settings")) is (lang == "en"), file


def test_init_from_an_example_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    said = typed("init", str(tmp_path / "w"), "--from", "atlantis", "--lang", "sv")
    assert said.code == 4
    assert "dua, filur" in said.err
    assert not (tmp_path / "w").exists()


def test_fmt_rewrites_words_and_keys_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(MIXED.encode())
    would = typed("fmt", str(file), "--lang", "en", "--check")
    assert (would.code, would.out) == (3, f"{file} would be rewritten.\n")
    assert file.read_bytes() == MIXED.encode()
    assert typed("fmt", str(file), "--lang", "en").code == 0
    assert file.read_bytes().decode() == (
        "track: x # ett\nname: X\ntype: förberedande spår\nsteps:\r\n  - {id: a, type: praktik, length: 2 weeks}\n"
    )
    assert typed("fmt", str(file), "--lang", "en", "--check").out == "Nothing to rewrite.\n"
    assert typed("fmt", str(tmp_path), "--lang", "sv").out == f"Skrev om {file}\n"
    assert "längd: 2 veckor" in file.read_text("utf-8")


def test_fmt_keeps_the_rights_of_a_file_and_writes_where_a_link_leads(tmp_path: Path) -> None:
    file, link = tmp_path / "x.yaml", tmp_path / "link.yaml"
    file.write_bytes(MIXED.encode())
    file.chmod(0o600)
    link.symlink_to(file)
    assert typed("fmt", str(link), "--lang", "en").code == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()
    assert "length: 2 weeks" in file.read_text("utf-8")


def test_fmt_leaves_files_with_errors_alone(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_bytes(MIXED.encode())
    (tmp_path / "bad.yaml").write_text("spår: y\nnamn: Y\n", "utf-8")
    said = typed("fmt", str(tmp_path), "--lang", "en")
    assert said.code == 2
    assert "JS044" in said.err
    assert (tmp_path / "good.yaml").read_bytes() == MIXED.encode()
