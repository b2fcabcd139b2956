"""Tells findings that only follow from others: an author who mends one fault should not read of it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from definitions.model import vocabulary as v
from definitions.model.spelling import folded
from definitions.source import findings
from definitions.source.diagnostics import Diagnostic, Severity
from definitions.source.homoglyphs import reveal_lookalike
from definitions.source.nodes import Map, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from definitions.checks.violation import Violation
    from definitions.loading.document import ParsedFile
    from definitions.parsing.fields import Page

# Findings about a name that nothing has.
NAMING: Final = frozenset({
    findings.UNKNOWN_ORDER, findings.UNKNOWN_FACT, findings.UNKNOWN_PARTNER, findings.UNKNOWN_CARRIED_FACT, findings.UNKNOWN_STEP,
    findings.UNKNOWN_ACTION, findings.UNKNOWN_TRANSFER, findings.TARGET_BESIDE_CHAIN, findings.UNKNOWN_EMPLOYER, findings.UNKNOWN_GOAL,
    findings.UNKNOWN_FACT_IN_CONDITION, findings.UNKNOWN_STEP_IN_CONDITION, findings.UNKNOWN_EMPLOYER_IN_CONDITION,
})  # fmt: skip
# Findings about an id that cannot be one; whatever names it all the same is not wrong too.
REFUSED: Final = frozenset({findings.INVALID_ID, findings.RESERVED_ID})
# Findings about something that is not there.
ABSENT: Final = frozenset({
    findings.KEY_WITHOUT_VALUE, findings.MISSING_KEY, findings.NO_EMPLOYER, findings.KEY_NEEDS_ANOTHER, findings.NO_STEPS,
    findings.NO_LETTER_OF_INTENT, findings.GOAL_COUNTS_NOTHING, findings.STRUCK_WITHOUT_DECISION, findings.PERIOD_WITHOUT_END,
})  # fmt: skip
# Advice on a file that is right: whoever is mending mistakes first needs to see those.
ADVICE: Final = frozenset({findings.NO_LENGTH, findings.NOBODY_IS_ASKED, findings.CUT_BY_EXIT})


def follows_from_unreadable(violation: Violation, parsed: ParsedFile) -> bool:
    """Whether a violation only follows from a part of the file that could not be read: what it misses is written there."""
    if violation.code == findings.KEY_OF_COMMON_STARTS and _says_starts(parsed):
        return True
    needs = violation.values.get("needs")
    if needs is not None:
        return parsed.top(needs.partition("/")[0]) is not None
    return violation.code in NAMING and violation.values.get("found") in _written_ids(parsed)


def _says_starts(parsed: ParsedFile) -> bool:
    """Whether common starts are written, though none of them could be read."""
    intake = parsed.top("intake")
    written = next((node for key, node in intake if key.text in ("starts", v.KEYS["starts"])), None) if isinstance(intake, Map) else None
    return written is not None and not (isinstance(written, Scalar) and v.code(written.text, v.ROLLING))


def select_findings(page: Page, parsed: ParsedFile) -> Iterator[Diagnostic]:
    """Select the findings that do not merely follow from others."""
    refused = {folded(dict(d.values)["found"]) for d in page.findings if d.code in REFUSED}
    askew = any(d.code == findings.WRONG_INDENTATION for d in page.findings)
    given = set(parsed.findings)
    for found in page.findings:
        named = dict(found.values).get("found", "") if found.code in NAMING else ""
        if askew and found.code in ABSENT:
            continue
        if found in given or not ((named and folded(named) in refused) or (parsed.lost and _in_lost(found, parsed))):
            yield reveal_lookalike(found)


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings by their place, each once; advice is left out where there is a mistake to mend first."""
    told = sorted(dict.fromkeys(found), key=lambda d: (d.span.line, d.span.col, d.code))
    faulty = any(one.severity is Severity.ERROR for one in told)
    return tuple(one for one in told if not (faulty and one.code in ADVICE))


def _in_lost(found: Diagnostic, parsed: ParsedFile) -> bool:
    """Whether a finding is about text that could not be read as it was meant, or may miss what that says."""
    line, col = found.span.line - 1, found.span.col - 1
    return found.code in NAMING | ABSENT or any(lost.line == line and lost.begin <= col <= lost.end for lost in parsed.lost)


def _written_ids(parsed: ParsedFile) -> set[str]:
    found: set[str] = set()
    for key in ("steps", "facts", "employers", "goals", "transfers"):
        node = parsed.top(key)
        if isinstance(node, Map):
            found.update(name.text for name, _ in node)
        elif node is not None and not isinstance(node, Scalar):
            pairs = [pair for item in node.items if isinstance(item, Map) for pair in item]
            found.update(n.text for written, n in pairs if written.text == "id" and isinstance(n, Scalar))
    return found
