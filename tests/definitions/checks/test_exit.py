"""What `check` finds of steps beside the chain that exit cuts off."""

from __future__ import annotations

import pytest

from definitions.loading.loader import load_text
from definitions.source import findings

CHAIN = """track: x
name: X
type: förberedande spår
steps:
  - {id: kurs, type: insats, name: Kurs, length: 4 weeks}
  - {id: jobb, type: insats, name: Jobb, length: 4 weeks}
  - {id: s, type: stöd, WRITTEN}
"""


def found(written: str, chain: str = CHAIN) -> list[str]:
    return [one.code for one in load_text(chain.replace("WRITTEN", written), "x.yaml").diagnostics]


@pytest.mark.parametrize(
    "written",
    [
        "from: start of jobb, until: 1 month after end of jobb",
        "from: end of jobb, length: 2 weeks",
        "from: 1 week after end of jobb",
        "from: end of kurs, length: 6 weeks",
        "until: 5 weeks after end of kurs",
        "until: 3 months after admission",
        "from: employment",
    ],
)
def test_what_exit_cuts_off_as_planned_is_found(written: str) -> None:
    assert found(written) == [findings.CUT_BY_EXIT]


@pytest.mark.parametrize(
    "written",
    [
        "from: start of jobb, until: end of jobb",
        "alongside: jobb",
        "from: admission",
        "from: end of kurs, length: 1 month",
        "from: admission, length: 2 weeks, until: 2 weeks after end of jobb",
        "from: start of jobb, until: 3 months after employment",
        "from: employment, length: 3 months",
        "from: when needed, length: 6 months",
        "from: 2 weeks before end of jobb",
    ],
)
def test_what_is_over_by_exit_or_counts_from_employment_is_not_found(written: str) -> None:
    assert found(written) == []


@pytest.mark.parametrize(
    "change",
    [
        ("name: Jobb, length: 4 weeks", "name: Jobb, report_after: 4 weeks"),
        ("name: Jobb, length: 4 weeks", "name: Jobb, length: 4 weeks, starts: [2027-09-01]"),
        ("name: Jobb, length: 4 weeks", "name: Jobb, after: admission, length: 4 weeks"),
    ],
)
def test_where_the_lengths_do_not_tell_when_exit_is_nothing_is_found(change: tuple[str, str]) -> None:
    assert found("from: end of kurs, length: 6 weeks", CHAIN.replace(*change)) == []
