"""Findings as people and programs see them."""

from __future__ import annotations

import json
import re
from unicodedata import combining

import pytest

from definitions.loading.loader import load_text
from definitions.reporting.formats import FORMATS, as_github, as_json, has_errors
from definitions.reporting.text import Look, render_text, summary

BROKEN = "spår: x\nnamn: X\ntyp: förberedande spår\nnamn: Y\nsteg:\n- {id: a, typ: praktik, längd: 3 vecker}\n"


def test_a_finding_is_shown_with_its_place_its_line_and_the_remedy() -> None:
    assert render_text([load_text(BROKEN, "spår.yaml")], "sv") == (
        "spår.yaml:4:1: fel JS022: ”namn” står redan på rad 2.\n"
        "     4 | namn: Y\n"
        "       | ^^^^\n"
        "  se även spår.yaml:2:1\n"
        "     2 | namn: X\n"
        "       | ----\n"
        "  Gör så här: Ta bort den ena, eller slå ihop dem; en ny punkt i en lista börjar med ”- ”.\n"
        "\n"
        "spår.yaml:6:32: fel JS038: ”3 vecker” är ingen tidslängd. Menade du ”3 veckor”?\n"
        "     6 | - {id: a, typ: praktik, längd: 3 vecker}\n"
        "       |                                ^^^^^^^^\n"
        "  Gör så här: Skriv ett helt tal och dagar, arbetsdagar, veckor eller månader, till exempel 2 veckor.\n"
        "\n"
        "2 fel, 0 varningar i 1 fil.\n"
    )


def test_the_same_is_said_in_english() -> None:
    shown = render_text([load_text(BROKEN, "x.yaml")], "en")
    assert "x.yaml:6:32: error JS038: “3 vecker” is not a length of time." in shown
    assert "Remedy: Write a whole number and days, working days, weeks or months, for example 2 weeks." in shown


def test_a_long_line_is_shown_around_the_finding() -> None:
    long = "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik, beskrivning: " + "ord " * 200 + ", vecker: 3}]\n"
    shown = render_text([load_text(long)], "sv").split("\n")
    caret = shown[2].index("^")
    assert shown[1][caret : caret + 6] == "vecker"
    assert max(map(len, shown[1:3])) < 140


@pytest.mark.parametrize("width", [20, 40, 60, 100, 200])
def test_nothing_is_wider_than_the_window_but_a_word_that_is(width: int) -> None:
    long = BROKEN.replace("namn: X", "namn: " + "ord " * 49) + "nyckel" * 30 + ": x\n"
    lines = render_text([load_text(long, "x.yaml")], "sv", Look(width)).split("\n")
    assert [line for line in lines if len(line) > max(width, 29) and len(line.split()) > 2] == []
    carets = [(number, line) for number, line in enumerate(lines) if line.strip().startswith("|") and "^" in line]
    assert len(carets) == 3
    for number, line in carets:
        marked = lines[number - 1][line.index("^") : line.rindex("^") + 1]
        assert marked in ("namn", "3 vecker") or marked == ("nyckel" * 30)[: len(marked)]


def test_a_narrow_window_breaks_what_is_said_between_words() -> None:
    assert render_text([load_text(BROKEN, "x.yaml")], "sv", Look(40)).split("\n")[:9] == [
        "x.yaml:4:1: fel JS022: ”namn” står redan",
        "  på rad 2.",
        "     4 | namn: Y",
        "       | ^^^^",
        "  se även x.yaml:2:1",
        "     2 | namn: X",
        "       | ----",
        "  Gör så här: Ta bort den ena, eller slå",
        "    ihop dem; en ny punkt i en lista",
    ]


def test_colours_are_added_and_nothing_else() -> None:
    plain = render_text([load_text(BROKEN, "x.yaml")], "sv")
    coloured = render_text([load_text(BROKEN, "x.yaml")], "sv", Look(colours=True))
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[1mx.yaml:4:1\x1b[0m: \x1b[1;31mfel JS022:\x1b[0m" in coloured


def test_what_a_file_holds_never_steers_the_terminal() -> None:
    shown = render_text([load_text('spår: "\\e[31m"\nnamn: \x1b[2Jx\u202e\ntyp: x\nägare: "a\\u2028b"\n', "\x1b]0;x\x07\n.yaml")], "sv")
    assert [sign for sign in shown if not sign.isprintable() and sign != "\n"] == []
    assert "\n.yaml" not in shown


def test_marks_stand_under_what_is_meant_beside_wide_letters_and_marks_of_their_own() -> None:
    for before in ("日本", "a\u030aa\u030a", "🙂🙂"):
        lines = render_text(
            [load_text(f"spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{{namn: {before}, id: a, typ: prak}}]\n")], "sv"
        ).split("\n")
        number = max(n for n, line in enumerate(lines) if "prak" in line and " | " in line)
        letters = [letter for letter in lines[number][: lines[number].index("prak")] if not combining(letter)]
        assert lines[number + 1].index("^") == sum(2 if letter in "日本🙂" else 1 for letter in letters)


def test_nothing_found_is_said_too() -> None:
    clean = load_text("spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik, längd: 2 veckor}]\n")
    assert summary([clean], "sv") == "Inget att anmärka på: 1 fil."
    assert not has_errors([clean])
    assert has_errors([load_text(BROKEN)])


def test_json_holds_every_field_of_a_finding() -> None:
    (file,) = json.loads(as_json([load_text(BROKEN, "x.yaml")], "en"))["files"]
    assert (file["path"], file["id"], file["ok"]) == ("x.yaml", None, False)
    first = file["findings"][0]
    assert first == {
        "code": "JS022", "severity": "error", "message": "“namn” is already given on line 2.",
        "hint": "Remove one of them, or join them; a new item of a list begins with “- ”.",
        "suggestion": None, "path": "x.yaml", "line": 4, "col": 1, "end_col": 5, "related": [{"path": "x.yaml", "line": 2, "col": 1}],
    }  # fmt: skip


def test_github_annotations_escape_what_github_would_read() -> None:
    loaded = load_text(
        "spår: x\nnamn: X\ntyp: förberedande spår\nmål: [{id: a, namn: A, indikator: kolada, minst: 120 %}]\nsteg: [{id: a, typ: praktik}]",
        "a,b:c.yaml",
    )
    (line,) = as_github([loaded], "en").splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac.yaml,line=4,col=50,endColumn=55,title=JS047::“120 %25” is neither")


def test_every_format_takes_no_findings() -> None:
    assert all(isinstance(render([], "sv"), str) for render in FORMATS.values())
