"""SARIF as the published schema has it, and as code hosts read it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from definitions.loading.loader import load_paths, load_text
from definitions.model.vocabulary import Lang
from definitions.reporting.sarif import NOT_ALONE, render_sarif

HERE = Path(__file__).parent
BROKEN_FILES = HERE.parent / "loading" / "broken"
SCHEMA = HERE / "sarif-2.1.0-rtm.5.json"
PUBLISHED = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"
BROKEN = "spår: x\nnamn: X\ntyp: förberedande spår\nnamn: Y\nsteg:\n- {id: a, typ: praktik, längd: 3 vecker}\n"


def run_of(text: str, path: str = "x.yaml", lang: Lang = "sv") -> Any:
    return json.loads(render_sarif([load_text(text, path)], lang))["runs"][0]


def test_the_schema_is_the_published_one() -> None:
    assert sha256(SCHEMA.read_bytes()).hexdigest() == PUBLISHED


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_finding_there_is_fits_the_published_schema(lang: Lang) -> None:
    log = json.loads(render_sarif(load_paths([BROKEN_FILES]), lang))
    validator = jsonschema.Draft4Validator(json.loads(SCHEMA.read_bytes()), format_checker=jsonschema.FormatChecker())
    assert [error.json_path + ": " + error.message for error in validator.iter_errors(log)] == []
    (run,) = log["runs"]
    assert len(run["results"]) > 400
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) > 140
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["help"]["markdown"].count("```") == 4 for rule in rules)


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(render_sarif([load_text(BROKEN, "x.yaml")], "sv"))
    log["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, json.loads(SCHEMA.read_bytes()), jsonschema.Draft4Validator)


def test_each_result_has_its_rule_its_region_and_what_it_is_about_besides() -> None:
    run = run_of(BROKEN, lang="en")
    first, second = run["results"]
    assert (first["ruleId"], second["ruleId"]) == ("JS022", "JS038")
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 32, "endLine": 6, "endColumn": 40}
    assert first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 2
    assert first["relatedLocations"][0]["message"]["text"] == "JS022: “namn” is already given on line 2."
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["JS022", "JS038"]
    assert run["language"] == "en"


def test_columns_are_those_of_letters_also_after_one_that_takes_two_units() -> None:
    run = run_of("spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{namn: 🙂, id: a, typ: prak}]\n")
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] == 30


def test_what_was_meant_can_be_put_in_by_a_program() -> None:
    written = "spår: x\nnamn: X\ntyp: förberedande spår\nagare: Y\nintag: {svar_inom: 2v}\nsteg: [{id: a, typ: praktk, längd: 2 veckor}]\n"
    lines = written.split("\n")
    for result in run_of(written)["results"]:
        (change,) = result["fixes"][0]["artifactChanges"]
        (new,) = change["replacements"]
        region = new["deletedRegion"]
        line = lines[region["startLine"] - 1]
        lines[region["startLine"] - 1] = (
            line[: region["startColumn"] - 1] + new["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
        )
    assert load_text("\n".join(lines)).diagnostics == ()


def test_no_fix_is_offered_where_more_must_be_changed() -> None:
    assert "JS207" in NOT_ALONE
    written = (
        "spår: x\nnamn: X\ntyp: förberedande spår\nuppgifter: {a: ja/nej}\nmålgrupp: {krav: [a = nej]}\nsteg: [{id: a, typ: praktik}]\n"
    )
    (result,) = run_of(written)["results"]
    assert (result["ruleId"], "fixes" in result) == ("JS207", False)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("mina spår/å.yaml", {"uri": "mina%20sp%C3%A5r/%C3%A5.yaml", "uriBaseId": "%SRCROOT%"}),
        ("./x.yaml", {"uri": "x.yaml", "uriBaseId": "%SRCROOT%"}),
        ("C:\\spår\\x.yaml", {"uri": "file:///C:/sp%C3%A5r/x.yaml"}),
        ("/spår/x.yaml", {"uri": "file:///sp%C3%A5r/x.yaml"}),
        ("a\\b.yaml", {"uri": "a/b.yaml", "uriBaseId": "%SRCROOT%"}),
        ("\udcff.yaml", {"uri": "%3F.yaml", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_a_path_is_written_as_the_address_that_it_is(path: str, address: dict[str, str]) -> None:
    for result in run_of(BROKEN, path)["results"]:
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == address
