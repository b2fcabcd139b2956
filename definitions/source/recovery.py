"""Reading what can be read with certainty of a text that is not YAML: all but the parts that its breaks stand in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from definitions.model import vocabulary as v
from definitions.source import findings
from definitions.source.broken_text import is_blank, key_at
from definitions.source.diagnostics import Diagnostic, finding
from definitions.source.nodes import Lost, Read
from definitions.source.strict_composer import Composer
from definitions.source.yaml_fault import find_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

    from definitions.source.broken_text import Fault
    from definitions.source.nodes import SourceText

# Each break costs another reading of the text, and a file of 2 MB must be answered within two seconds.
_MOST_BREAKS: Final = 20
_MOST_READ: Final = 400_000
_WORD: Final = re.compile(r"[\"']?([^\W\d]\w*)")


def read_broken(source: SourceText, error: yaml.YAMLError) -> Read:
    """Tell the first break of each part of a text, and read the text without those parts.

    Args:
        source: The text, which is not YAML.
        error: Where its reader stopped.

    Returns:
        The mapping that is left at the top, if any, with a finding for each break, and the lines that were left unread.

    """
    lines, breaks, lost = source.text.split("\n"), _Breaks(), set[int]()
    root, further = None, []
    # At the last break allowed the rest is not read: nothing is said of it rather than something wrong.
    for _ in range(max(1, min(_MOST_BREAKS, _MOST_READ // len(source.text)))):
        unread = breaks.part_with(find_faults("\n".join(lines), error), lines)
        lost |= {number for number in unread if lines[number]}
        lines[unread.start : unread.stop] = [""] * len(unread)
        composer = Composer(replace(source, text="\n".join(lines)))
        root, further = composer.document(), composer.findings
        if composer.error is None:
            break
        root, error = None, composer.error
    told = [_diagnostic(fault, source) for fault in breaks.faults]
    left = tuple(Lost(number, 0, len(line)) for number, line in enumerate(source.text.split("\n")) if number in lost)
    return Read(root, (*told, *(further if root is not None else ())), left)


class _Breaks:
    """The breaks met so far. Of a part that breaks again only the first is told: the second may follow from what was left out."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.sections: set[int] = set()

    def part_with(self, faults: list[Fault], lines: list[str]) -> range:
        """Record a break, and choose the lines to leave out for it."""
        first = faults[0]
        if first.code == findings.SEVERAL_DOCUMENTS:
            self.faults += faults
            return range(first.line, len(lines))
        # Sections begin in the first column, which even a break does not hide; what it does to the lines within is less certain.
        section = _section(lines, first.line)
        # A tab is told once for the whole file, with how many lines have one.
        tab = first.code == findings.TAB_INDENTATION and any(fault.code == first.code for fault in self.faults)
        if section.start in self.sections or tab:
            return section
        self.sections.add(section.start)
        self.faults += faults
        return _item(lines, section, first)


def _section(lines: list[str], line: int) -> range:
    """Find the lines of a key of the top and of all that belongs to it."""
    heads = [0, *_heads(lines), len(lines)]
    return range(max(head for head in heads if head <= line), min(head for head in heads if head > line))


def _heads(lines: list[str]) -> Iterator[int]:
    # A file in the form of JSON has its keys on the left as well, all within one bracket.
    if any(line.startswith(("{", "[")) for line in lines):
        return
    for number, line in enumerate(lines):
        word = _WORD.match(line)
        is_key = key_at(line, 0) and not line.startswith("- ")
        if is_key or (word and v.english_key(word[1])) or line.startswith(("---", "...")):
            yield number


def _item(lines: list[str], section: range, fault: Fault) -> range:
    """Find the lines of the item or key of a section that a fault stands in; the whole section where that is not plain to see."""
    below = next((line for line in lines[fault.line + 1 : section.stop] if not is_blank(line)), "")
    if fault.code == findings.STRAY_LINE and _indent(below) <= fault.col:
        return range(fault.line, fault.line + 1)
    body = [number for number in section[1:] if not is_blank(lines[number])]
    if not body:
        return section
    column = _indent(lines[body[0]])
    dash = lines[body[0]][column] == "-"
    same = (number for number in body if _indent(lines[number]) == column)
    starts = [number for number in same if (lines[number][column] == "-" if dash else key_at(lines[number], column))]
    before = [number for number in starts if number <= fault.line]
    if not before or any(_indent(lines[number]) < column for number in body):
        return section
    # What follows a key of the top that stands too far to the right belongs to that, and not to this section.
    of_the_top = fault.values.get("expected") == "1"
    return range(before[-1], section.stop if of_the_top else next((number for number in starts if number > fault.line), section.stop))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _diagnostic(fault: Fault, source: SourceText) -> Diagnostic:
    related = () if fault.related is None else (source.at(*fault.related, 1),)
    return finding(fault.code, source.at(fault.line, fault.col, fault.width), fault.values, related)
