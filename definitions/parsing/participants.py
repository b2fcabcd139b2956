"""Reading who a track is for and with: employers, facts, target group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.track import Agreement, Employer, Fact, Need, Period, TargetGroup
from definitions.parsing.conditions import conditions
from definitions.parsing.fields import Page, Silent, at_id, fields, free_ident, ident, items, lone, plain_word, scalar, text, texts, word
from definitions.parsing.fields import name as read_name
from definitions.parsing.quantities import day, number
from definitions.source import findings
from definitions.source.nodes import List, Map, Node

if TYPE_CHECKING:
    from definitions.conditions.type_checker import Scope

# SSYK 2012 at four digits, and a section of SNI 2007; whether the code exists is not held against a register.
_SSYK: Final = re.compile(r"[0-9]{4}")
_SNI: Final = re.compile(r"[A-U]")
FEWEST_CHOICES: Final = 2
_ACCESS: Final = word(v.ACCESS)


def period(page: Page, node: Node) -> Period | None:
    """Read the days between which somebody may be admitted."""
    found = fields(page, node, "period")
    return Period(first=found.read("from", day, None), until=found.read("until", day, None)) if found else None


def employer_ids(page: Page, node: Node) -> list[str]:
    """The ids of a list of employers, before the rest of them can be read; nothing is found wrong here."""
    silent = Silent(page.name, page.lang)
    found = [ident(silent, value) for item in items(silent, node) if isinstance(item, Map) for key, value in item if key.text == "id"]
    return [name for name in found if name]


def employers(page: Page, node: Node, scope: Scope) -> tuple[Employer, ...]:
    """Read the employers of a track.

    Args:
        page: Where findings go.
        node: An employer, or a list of them.
        scope: What their conditions may ask about.

    Returns:
        The employers that have an id, in order.

    """
    found: dict[str, Employer] = {}
    nodes: dict[str, Node] = {}
    for item in items(page, node):
        employer = _employer(page, item, scope)
        if employer is None:
            continue
        if employer.id in found:
            page.found(findings.DUPLICATE_ID, at_id(item), at_id(nodes[employer.id]), id=employer.id)
        found[employer.id] = employer
        nodes.setdefault(employer.id, item)
    return tuple(found.values())


def _employer(page: Page, node: Node, scope: Scope) -> Employer | None:
    found = fields(page, node, "employer", required=("id", "name"))
    if found is None:
        return None
    name, shown = found.read("id", ident, None), found.read("name", read_name, None)
    sector = found.read("sector", _sector, None)
    need = found.read("need", _need, None)
    agreement = found.read("agreement", _agreement, None)
    requires = conditions(page, found.values["requires"], scope) if "requires" in found else ()
    if name is None:
        return None
    return Employer(id=name, name=shown or name, sector=sector, need=need, requires=requires, agreement=agreement)


def _sector(page: Page, node: Node) -> str | None:
    found = scalar(page, node)
    if found is not None and not _SNI.fullmatch(found.text):
        page.found(findings.UNKNOWN_SECTOR, found.span, found=found.text, suggestion=page.suggest("sector", found.text))
        return None
    return found.text if found else None


def _need(page: Page, node: Node) -> Need | None:
    found = fields(page, node, "need")
    return (
        Need(occupation=found.read("occupation", _occupation, None), positions=found.read("positions", number(), None)) if found else None
    )


def _occupation(page: Page, node: Node) -> str | None:
    found = scalar(page, node)
    if found is not None and not _SSYK.fullmatch(found.text):
        page.found(findings.NOT_AN_OCCUPATION_CODE, found.span, found=found.text)
        return None
    return found.text if found else None


def _agreement(page: Page, node: Node) -> Agreement | None:
    found = fields(page, node, "agreement")
    if found is None:
        return None
    return Agreement(
        type=found.read("type", text, None), reference=found.read("reference", text, None), signed=found.read("signed", day, None)
    )


def facts(page: Page, node: Node) -> dict[str, Fact | None]:
    """Read the facts by id; one whose type cannot be read is there as None, so that what asks about it is not wrong too."""
    if not isinstance(node, Map):
        page.found(findings.FACTS_EXPECTED, node.span)
        return {}
    found: dict[str, Fact | None] = {}
    for key, value in node:
        if lone(key, value):
            page.found(findings.TEXT_READ_AS_KEY, key.span, key=key.text)
            continue
        name = free_ident(page, key)
        if name is not None:
            found[name] = _fact(page, name, value)
    return found


def _fact(page: Page, name: str, node: Node) -> Fact | None:
    if not isinstance(node, Map):
        return _typed(page, name, node)
    found = fields(page, node, "fact", required=("type",))
    if found is None or "type" not in found:
        return None
    typed = _typed(page, name, found.values["type"])
    shown, access, ground = found.read("name", read_name, None), found.read("access", _ACCESS, None), found.read("ground", _ground, None)
    # Any access that is written is the restricted one, for there is no other word.
    return typed and Fact(name, typed.type, typed.choices, shown, access is not None, ground)


def _ground(page: Page, node: Node) -> str | None:
    found = scalar(page, node)
    if found is not None and (ground := v.ground_of(found.text)):
        return ground
    return word(v.GROUNDS)(page, node)


def _typed(page: Page, name: str, node: Node) -> Fact | None:
    if isinstance(node, List):
        return _choices(page, name, node)
    found = scalar(page, node)
    if found is None:
        return None
    kind: Any = v.code(found.text, v.FACT_TYPES)
    if kind is None:
        known = v.listed(v.words(v.FACT_TYPES, page.lang))
        page.found(findings.UNKNOWN_FACT_TYPE, found.span, found=found.text, known=known, suggestion=page.suggest("fact_type", found.text))
        return None
    return Fact(id=name, type=kind)


def _choices(page: Page, name: str, node: List) -> Fact | None:
    before = len(page.findings)
    choices = texts(page, node, plain_word)
    if len(choices) < FEWEST_CHOICES:
        # A choice that cannot be read is told already, and is why too few are left.
        if len(page.findings) == before:
            page.found(findings.TOO_FEW_CHOICES, node.span)
        return None
    return Fact(id=name, type="choice", choices=choices)


def target_group(page: Page, node: Node, scope: Scope) -> TargetGroup | None:
    """Read for whom the track is.

    Args:
        page: Where findings go.
        node: The mapping of the section.
        scope: What its conditions may ask about.

    Returns:
        The conditions of entry and those that go on, or None where the node is no mapping.

    """
    found = fields(page, node, "target_group")
    if found is None:
        return None
    entry, ongoing = ((conditions(page, found.values[key], scope) if key in found else ()) for key in ("entry", "ongoing"))
    return TargetGroup(entry=entry, ongoing=ongoing)


def headings(page: Page, node: Node) -> dict[str, str]:
    """Read texts under headings of the author's own."""
    if not isinstance(node, Map):
        page.found(findings.TEXTS_EXPECTED, node.span)
        return {}
    return {key.text: said for key, value in node if (said := text(page, value)) is not None}
