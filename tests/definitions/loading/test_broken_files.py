"""The broken files: each says in its first line all that is found in it, and just that is found, at that place, in any format.

`# JS043 4:1-6 “ägare”` is a code, a line, the first column and the one after the last, and the name that is proposed instead.
What cannot carry a comment has its line in a file of the same name that ends in `.found`. One file for each code is called by it;
the folders hold what people write by mistake, in Swedish and in English.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from definitions.loading.loader import Loaded, load_paths
from definitions.reference.example_files import finding_codes
from definitions.reporting.formats import FORMATS

BROKEN = Path(__file__).parent / "broken"


def code_of(file: Path) -> str:
    return file.name.partition(".")[0]


FILES = sorted(file for file in BROKEN.rglob("*.yaml") if file.parent.name[:2] != "JS" or code_of(file) == file.parent.name)
OF_A_CODE = {code_of(file) for file in FILES if file.name[:2] == "JS"}
# What no file here can show: none that can be read, no regular file, 2 MB, an empty folder, a track without tests.
NO_FILE = {"JS001", "JS002", "JS003", "JS071", "JS084", "JS085", "JS313"}
SAID = re.compile(r"(JS\d{3}) (\d+):(\d+)-(\d+)(?: “([^”]*)”)?")


class Found(NamedTuple):
    code: str
    line: int
    col: int
    end_col: int
    suggestion: str | None


def expected(file: Path) -> list[Found]:
    beside = file.with_suffix(".found")
    data = file.read_bytes()
    first = beside.read_text("utf-8") if beside.exists() else data.decode("utf-8", "replace").split("\n")[0]
    return [Found(code, int(line), int(col), int(end), near or None) for code, line, col, end, near in SAID.findall(first)]


@cache
def loaded(file: Path) -> Loaded:
    """A file by itself, or one that is wrong only beside others with all in its folder."""
    given = file.parent if file.parent.name == code_of(file) else file
    return next(one for one in load_paths([given], tests=True) if one.path == str(file))


def named(file: Path) -> str:
    return file.relative_to(BROKEN).with_suffix("").as_posix()


@pytest.mark.parametrize("file", FILES, ids=named)
def test_what_a_broken_file_says_is_found_there_and_nothing_else(file: Path) -> None:
    found = [Found(d.code, d.span.line, d.span.col, d.span.end_col, d.suggestion) for d in loaded(file).diagnostics]
    assert found
    assert found == sorted(expected(file), key=lambda one: (one.line, one.col, one.code))
    if code_of(file) in OF_A_CODE:
        assert {one.code for one in found} == {code_of(file)}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_every_finding_is_told_in_both_languages_and_in_every_format(file: Path) -> None:
    for lang in ("sv", "en"):
        for found in loaded(file).diagnostics:
            assert "{" not in re.sub("[“”]{", "", found.message(lang))
            assert found.hint(lang)
        assert all(render([loaded(file)], lang) for render in FORMATS.values())


def test_no_code_lacks_a_broken_file() -> None:
    assert sorted(OF_A_CODE | NO_FILE) == list(finding_codes())
    assert set() == OF_A_CODE & NO_FILE


def test_people_make_more_mistakes_than_there_are_codes() -> None:
    written = [file for file in FILES if code_of(file) not in OF_A_CODE]
    assert len(written) >= 300
    assert {one.code for file in written for one in expected(file)} >= {code for code in OF_A_CODE if code[2] in "01"} - ALONE


# What is wrong only beside other files, or is nothing that happens by mistake.
ALONE = {"JS023", "JS028", "JS048", "JS057", "JS063", "JS067", "JS072", "JS116", "JS117", "JS119", "JS156", "JS170"}
