"""What `check` finds of contacts that can never come."""

from __future__ import annotations

import pytest

from definitions.loading.loader import load_text
from definitions.source import findings

CHAIN = "steps: [{id: kurs, type: insats, name: Kurs, length: 1 month}, {id: s, type: stöd, %s}]"


def found(written: str) -> list[str]:
    text = "track: x\nname: X\ntype: förberedande spår\n" + CHAIN % written
    return [one.code for one in load_text(text, "x.yaml").diagnostics if one.code != findings.CUT_BY_EXIT]


@pytest.mark.parametrize(
    "written",
    [
        "from: admission, length: 1 month, contact_every: 1 month",
        "from: admission, length: 2 weeks, contact_every: 14 days",
        "after: kurs, length: 2 weeks, contact_every: 1 month",
        "alongside: kurs, contact_every: 2 months",
        "until: 3 weeks after admission, contact_every: 3 weeks",
        "from: employment, until: 1 month after employment, contact_every: 6 weeks",
    ],
)
def test_a_contact_that_can_never_come_is_found(written: str) -> None:
    assert found(written) == [findings.CONTACT_NEVER_DUE]


@pytest.mark.parametrize(
    "written",
    [
        "from: admission, length: 1 month, contact_every: 4 weeks",
        "from: admission, contact_every: 12 months",
        "from: start of kurs, until: 1 month after end of kurs, contact_every: 1 month",
        "alongside: kurs, contact_every: 2 weeks",
        "from: employment, until: 3 months after employment, contact_every: 1 month",
    ],
)
def test_a_contact_that_comes_at_some_time_is_not_found(written: str) -> None:
    assert found(written) == []
