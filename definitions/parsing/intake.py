"""Reading how people come in and how they are followed afterwards: intake, starts, order, follow-ups, transfers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.model.track import Intake, Order, Start, Transfer
from definitions.parsing.conditions import conditions
from definitions.parsing.fields import ID, Page, fields, ident, items, scalar, text, texts
from definitions.parsing.quantities import day, length, length_after_exit, number, or_unlimited
from definitions.source import findings
from definitions.source.nodes import Map, Node, Scalar

if TYPE_CHECKING:
    from definitions.conditions.type_checker import Scope
    from definitions.model.values import Length

_DAYS_SINCE: Final = re.compile(r"(?:days_since|dagar_sedan)\(\s*(\S+?)\s*\)")
# Built-in facts that have no order.
_UNORDERED: Final = frozenset({"outcome", "channel", "employer", "completed", "sex"})


def intake(page: Page, node: Node, scope: Scope) -> Intake:
    """Read how people come in.

    Args:
        page: Where findings go.
        node: The mapping of the section.
        scope: The facts that the order of the queue may go by.

    Returns:
        The intake; what is not written or cannot be read is as in an empty one.

    """
    found = fields(page, node, "intake")
    if found is None:
        return Intake()
    given: dict[str, Any] = {
        "starts": found.read("starts", starts, None),
        "places": found.read("places", or_unlimited(), None) or None,
        "minimum": found.read("minimum", number(), None),
        "order": order(page, found.values["order"], scope) if "order" in found else None,
        "offer_before_start": found.read("offer_before_start", length, None),
        "answer_within": found.read("answer_within", length, None),
        "join_within": found.read("join_within", length, None),
        **found.read("caseload", caseload, {}),
    }
    return Intake(**{key: value for key, value in given.items() if value is not None})


def caseload(page: Page, node: Node) -> dict[str, Any]:
    """Read how many a caseworker should have at most, or whoever has the role that is named (R58)."""
    if not isinstance(node, Map):
        return {"caseload": number()(page, node)}
    if len(node.pairs) != 1:
        page.found(findings.ONE_ROLE_EXPECTED, node.pairs[1][0].span if node.pairs else node.span, count=str(len(node.pairs)))
        return {}
    ((role, most),) = node.pairs
    return {"caseload": number()(page, most), "caseload_role": v.code(role.text, {"caseworker": v.CHANNELS["caseworker"]}) or role.text}


def starts(page: Page, node: Node) -> tuple[Start, ...]:
    """Read the common starts in order of date; empty when people begin on any day."""
    if isinstance(node, Scalar) and v.code(node.text, v.ROLLING):
        return ()
    found: dict[Any, Start] = {}
    for item in items(page, node):
        start = _start(page, item)
        if start is None:
            continue
        if start.date in found:
            page.found(findings.DUPLICATE_START, item.span, date=start.date.isoformat())
        found.setdefault(start.date, start)
    return tuple(found[date] for date in sorted(found))


def _start(page: Page, node: Node) -> Start | None:
    if not isinstance(node, Map):
        date = day(page, node)
        return Start(date=date) if date else None
    found = fields(page, node, "start", required=("date",))
    date = found.read("date", day, None) if found else None
    if found is None or date is None:
        return None
    places, minimum = found.read("places", number(), None), found.read("minimum", number(), None)
    return Start(date=date, places=places, minimum=minimum, employers=found.read("employer", idents, ()))


def idents(page: Page, node: Node) -> tuple[str, ...]:
    """Read a list of ids."""
    return texts(page, node, ident)


def order(page: Page, node: Node, scope: Scope) -> tuple[Order, ...]:
    """Read what decides who comes first, most important first.

    Args:
        page: Where findings go.
        node: One order, or a list of them.
        scope: The facts that the queue may be ordered by.

    Returns:
        The orders that could be read, each once.

    """
    found: dict[tuple[str, str | None, bool], Order] = {}
    for item in items(page, node):
        one = _order(page, item, scope)
        if one is None:
            continue
        # The direction is left out: the same fact a second time decides nothing more.
        if (one.by, one.fact, one.days_since) in found:
            page.found(findings.DUPLICATE_ITEM, item.span, found=one.fact or one.by)
        found.setdefault((one.by, one.fact, one.days_since), one)
    return tuple(found.values())


def _order(page: Page, node: Node, scope: Scope) -> Order | None:
    found = scalar(page, node)
    if found is None:
        return None
    by: Any = v.code(found.text, v.ORDERS)
    if by is not None:
        return Order(by=by)
    what, _, rest = found.text.partition(" ")
    direction = v.code(" ".join(rest.split()), v.DIRECTIONS)
    # The direction is what follows the first blank; a function has none within.
    since = _DAYS_SINCE.fullmatch(what)
    name = since[1] if since else v.code(what, v.BUILT_IN) or what
    if not _orderable(page, found, name, bool(since), scope):
        return None
    if direction is None:
        page.found(findings.ORDER_WITHOUT_DIRECTION, found.span, found=found.text)
        return None
    return Order(by="fact", fact=name, days_since=bool(since), highest_first=direction == "highest first")


def _orderable(page: Page, found: Scalar, name: str, since: bool, scope: Scope) -> bool:  # noqa: FBT001 - private, and named at its call
    fact = scope.facts.get(name)
    if name in v.BUILT_IN and not since:
        if name in _UNORDERED:
            page.found(findings.UNSUPPORTED_ORDER, found.span, found=v.word(name, v.BUILT_IN, page.lang))
        return name not in _UNORDERED
    if name not in scope.facts:
        words = [*scope.facts, *v.words(v.ORDERS, page.lang)]
        page.found(findings.UNKNOWN_ORDER, found.span, found=name, suggestion=nearest(name, words) or "")
        return False
    if since and fact is not None and fact.type != "date":
        page.found(findings.DAYS_SINCE_NO_DATE, found.span, found=name)
        return False
    return True


def follow_up(page: Page, node: Node) -> tuple[Length | None, ...]:
    """Read the days after exit on which the outcome is asked for; None stands for the exit itself."""
    found: dict[Length | None, None] = {}
    for item in items(page, node):
        at_exit = isinstance(item, Scalar) and v.code(item.text, {"exit": v.ANCHORS["exit"]}) is not None
        after = None if at_exit else length_after_exit(page, item)
        if after is None and not at_exit:
            continue
        if after in found:
            page.found(findings.DUPLICATE_ITEM, item.span, found=item.text if isinstance(item, Scalar) else "")
        found[after] = None
    return tuple(found)


def transfers(page: Page, node: Node, scope: Scope) -> dict[str, Transfer]:
    """Read the ways to other tracks and authorities.

    Args:
        page: Where findings go.
        node: The mapping of transfers by id.
        scope: What their conditions may ask about.

    Returns:
        The transfers that could be read, by id.

    """
    if not isinstance(node, Map):
        page.found(findings.TRANSFERS_EXPECTED, node.span)
        return {}
    found = {}
    for key, value in node:
        name = ident(page, key)
        transfer = _transfer(page, name, value, scope) if name else None
        if transfer is not None:
            found[transfer.id] = transfer
    return found


def _transfer(page: Page, name: str, node: Node, scope: Scope) -> Transfer | None:
    found = fields(page, node, "transfer", required=("to",))
    to = found.read("to", text, None) if found else None
    if found is None or to is None:
        return None
    requires = conditions(page, found.values["requires"], scope) if "requires" in found else ()
    local = ID.fullmatch(to) is not None
    return Transfer(id=name, to=to, local=local, requires=requires, carries=found.read("carries", idents, ()))
