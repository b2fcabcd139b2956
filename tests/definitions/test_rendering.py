"""Findings as people and programs see them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from definitions.loading import load_paths, load_text
from definitions.rendering import FORMATS, as_json, github, refused, sarif, summary, text
from definitions.vocabulary import Lang

BROKEN = "spår: x\nnamn: X\ntyp: förberedande spår\nnamn: Y\nsteg:\n- {id: a, typ: praktik, längd: 3 vecker}\n"


def test_a_finding_is_shown_with_its_place_its_line_and_the_remedy() -> None:
    assert text([load_text(BROKEN, "spår.yaml")], "sv") == (
        "spår.yaml:4:1: fel JS022: ”namn” står redan på rad 2.\n"
        "     4 | namn: Y\n"
        "       | ^^^^\n"
        "  se även spår.yaml:2:1\n"
        "  Gör så här: Ta bort den ena, eller slå ihop dem; en ny punkt i en lista börjar med ”- ”.\n"
        "\n"
        "spår.yaml:6:32: fel JS038: ”3 vecker” är ingen tidslängd.\n"
        "     6 | - {id: a, typ: praktik, längd: 3 vecker}\n"
        "       |                                ^^^^^^^^\n"
        "  Gör så här: Skriv ett helt tal och dagar, arbetsdagar, veckor eller månader, till exempel 2 veckor.\n"
        "\n"
        "2 fel, 0 varningar i 1 fil.\n"
    )


def test_the_same_is_said_in_english() -> None:
    shown = text([load_text(BROKEN, "x.yaml")], "en")
    assert "x.yaml:6:32: error JS038: “3 vecker” is not a length of time." in shown
    assert "Remedy: Write a whole number and days, working days, weeks or months, for example 2 weeks." in shown


def test_a_long_line_is_shown_around_the_finding() -> None:
    long = "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik, beskrivning: " + "ord " * 200 + ", vecker: 3}]\n"
    shown = text([load_text(long)], "sv").split("\n")
    caret = shown[2].index("^")
    assert shown[1][caret : caret + 6] == "vecker"
    assert max(map(len, shown[1:3])) < 140


def test_nothing_found_is_said_too() -> None:
    clean = load_text("spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]\n")
    assert summary([clean], "sv") == "Inget att anmärka på: 1 fil."
    assert not refused([clean])
    assert refused([load_text(BROKEN)])


def test_json_holds_every_field_of_a_finding() -> None:
    (file,) = json.loads(as_json([load_text(BROKEN, "x.yaml")], "en"))["files"]
    assert (file["path"], file["id"], file["ok"]) == ("x.yaml", None, False)
    first = file["findings"][0]
    assert first == {
        "code": "JS022", "severity": "error", "message": "“namn” is already given on line 2.",
        "hint": "Remove one of them, or join them; a new item of a list begins with “- ”.",
        "path": "x.yaml", "line": 4, "col": 1, "end_col": 5, "related": [{"path": "x.yaml", "line": 2, "col": 1}],
    }  # fmt: skip


def test_sarif_names_each_rule_and_place() -> None:
    run = json.loads(sarif([load_text(BROKEN, "x.yaml")], "en"))
    assert run["version"] == "2.1.0"
    results = run["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["JS022", "JS038"]
    assert results[1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 32, "endColumn": 40}
    assert [rule["id"] for rule in run["runs"][0]["tool"]["driver"]["rules"]] == ["JS022", "JS038"]


# What SARIF 2.1.0 asks of the parts that are used here, and no others.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}, "additionalProperties": False}
PLACE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"required": ["uri"], "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9_.~/%-]+$"}}},
                "region": {
                    "required": ["startLine", "startColumn", "endColumn"],
                    "additionalProperties": {"type": "integer", "minimum": 1},
                },
            },
        }
    },
}
RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^JS[0-9]{3}$"},
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "help": TEXT,
        "defaultConfiguration": {"properties": {"level": {"enum": ["warning", "error"]}}, "additionalProperties": False},
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "additionalProperties": False,
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["warning", "error"]},
        "message": TEXT,
        "locations": {"type": "array", "minItems": 1, "items": PLACE},
        "relatedLocations": {"type": "array", "minItems": 1, "items": PLACE},
    },
}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_finding_is_in_the_form_of_sarif(lang: Lang) -> None:
    log = json.loads(sarif(load_paths([Path(__file__).parent / "broken"]), lang))
    assert sorted(log) == ["$schema", "runs", "version"]
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert sorted(driver) == ["name", "rules"]
    for schema, values in ((RULE, driver["rules"]), (RESULT, run["results"])):
        jsonschema.validate(values, {"type": "array", "minItems": 100, "items": schema}, jsonschema.Draft202012Validator)
    assert all(driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])


def test_a_path_is_written_as_the_address_that_it_is() -> None:
    (first, _) = json.loads(sarif([load_text(BROKEN, "mina spår/å.yaml")], "sv"))["runs"][0]["results"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "mina%20sp%C3%A5r/%C3%A5.yaml"
    assert first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 2


def test_github_annotations_escape_what_github_would_read() -> None:
    loaded = load_text(
        "spår: x\nnamn: X\ntyp: förberedande spår\nmål: [{id: a, namn: A, indikator: kolada, minst: 120 %}]\nsteg: [{id: a, typ: praktik}]",
        "a,b:c.yaml",
    )
    (line,) = github([loaded], "en").splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac.yaml,line=4,col=50,endColumn=55,title=JS047::“120 %25” is neither")


def test_every_format_takes_no_findings() -> None:
    assert all(isinstance(render([], "sv"), str) for render in FORMATS.values())
