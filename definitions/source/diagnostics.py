"""A finding is a value with an address: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from definitions.model.catalogues import message
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from definitions.model.vocabulary import Lang

# What an author wrote is repeated in a message, so that it can be recognised, but never a whole page of it.
LONGEST: Final = 80
# Beyond a hundred findings nobody reads, and a file made to be wrong everywhere costs no more.
MAX_FINDINGS: Final = 100
WARNINGS: Final = frozenset({
    findings.DECOMPOSED_LETTERS, findings.MINIMUM_ABOVE_EVERY_START, findings.NO_LETTER_OF_INTENT, findings.LANGUAGE_BEFORE_VOCATION,
    findings.LETTER_OF_INTENT_TOO_LATE,
    findings.DIAGNOSIS_ASKED_FOR, findings.HEALTH_SEEN_BY_ALL, findings.ILLNESS_ASKED_FOR, findings.SHARE_WITHOUT_PER_CENT,
    findings.PERHAPS_A_GROUND, findings.FIXED_AT_EXIT, findings.OUTCOME_NOT_ASKED,
    findings.CONTACT_NEVER_DUE, findings.NO_LENGTH, findings.NOBODY_IS_ASKED, findings.CUT_BY_EXIT,
    findings.NO_EMPLOYER_FOR_START, findings.NO_DAY_FOR_START, findings.FACT_GIVEN_TOO_LATE, findings.LONGER_THAN_LONGEST,
    findings.OFFER_OUTLIVES_START, findings.CARRIED_FACT_LEFT,
})  # fmt: skip


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"  # the file is refused
    WARNING = "warning"  # the file is taken


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place on one line of a file; lines and columns count from 1, `end_col` is the first column after it."""

    path: str
    line: int
    col: int
    end_col: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.col}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `code` is a name of `findings`; its texts are filled with `values`, which are in the author's own words. `suggestion` is what was
    probably meant, `related` are other places that it is about.
    """

    code: str
    span: Span
    values: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None
    related: tuple[Span, ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether the file is refused for it."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    def message(self, lang: Lang) -> str:
        """Say what is wrong, with the nearest known name where there is one."""
        text = message(self.code, lang, **dict(self.values))
        return f"{text} {message('did_you_mean', lang, name=self.suggestion)}" if self.suggestion else text

    def hint(self, lang: Lang) -> str:
        """Say what to do about it."""
        return message(f"{self.code}.hint", lang, **dict(self.values))


def finding(code: str, span: Span, values: Mapping[str, str], related: tuple[Span, ...] = ()) -> Diagnostic:
    """Build a finding.

    Args:
        code: A name of `findings`.
        span: Its place.
        values: The values of its message; an empty or absent `suggestion` among them means that no name is near.
        related: Other places that it is about.

    Returns:
        The finding, its values shortened and on one line.

    """
    suggestion = values.get("suggestion") or None
    shown = tuple((name, _shorten(name, written)) for name, written in values.items() if name != "suggestion")
    return Diagnostic(code, span, shown, suggestion, related)


def _shorten(name: str, written: str) -> str:
    """Shorten what the author wrote to one line, as far as it is needed to know it again."""
    short = written if len(written) <= LONGEST or name == "known" else written[:LONGEST] + "…"
    return short if short.isprintable() else "".join(sign if sign.isprintable() else " " if sign in "\n\t" else "\ufffd" for sign in short)
