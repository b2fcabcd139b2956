"""The mapping at the top of a file -> a track, as far as it can be read; everything wrong stands on the page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from definitions.conditions.type_checker import Scope
from definitions.model import vocabulary as v
from definitions.model.track import Track
from definitions.model.values import field_names
from definitions.parsing.fields import Fields, Page, at_id, fields, ident, text, word
from definitions.parsing.fields import name as read_name
from definitions.parsing.goals import goals
from definitions.parsing.intake import follow_up, idents, intake, transfers
from definitions.parsing.participants import employer_ids, employers, facts, headings, period, target_group
from definitions.parsing.quantities import length
from definitions.parsing.steps import NAMELESS, outline, step
from definitions.source import findings
from definitions.source.nodes import List

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from definitions.model.track import Fact, Indicator, Step
    from definitions.source.nodes import Map, Node


def build(page: Page, root: Map, base: Track | None, indicators: Mapping[str, Indicator]) -> Track | None:
    """Build the track that a file describes.

    Args:
        page: Where findings go; its root is set.
        root: The mapping at the top of the file.
        base: The track that the file changes, where it is based on one (R52).
        indicators: The ready measures that its goals may name, by id.

    Returns:
        The track; where something could not be read it holds defaults and placeholders, and must not be given out.

    """
    page.root = root
    found = fields(page, root, "track", required=("track",) if base else ("track", "name", "type"))
    if found is None:
        return None
    known = _facts(found, base)
    before = _steps_before(found, base)
    nodes = _items(found, "steps")
    # Steps may ask about results of later ones, so these are gathered before any condition is read.
    results = {**{s.id: s.known_results for s in before.values()}, **outline(page, nodes, before)}
    scope = Scope(known, results, _employer_ids(found, base), page.lang)
    values: dict[str, Any] = {
        **_head(found),
        **_people(page, found, scope),
        "facts": {name: fact for name, fact in known.items() if fact is not None},
        "steps": _told_apart(_merged(before, _steps(page, nodes, scope, before))),
        **_measures(page, found, scope, indicators),
        "key_language": page.lang,
    }
    return _whole({key: value for key, value in values.items() if value is not None}, base)


def _facts(found: Fields, base: Track | None) -> Mapping[str, Fact | None]:
    return found.read("facts", facts, {}) if "facts" in found or base is None else base.facts


def _employer_ids(found: Fields, base: Track | None) -> frozenset[str] | None:
    inherited = [employer.id for employer in base.employers] if base else []
    names = found.read("employers", employer_ids, inherited)
    return frozenset(names) or None


def _items(found: Fields, key: str) -> list[Node]:
    node = found.values.get(key)
    if node is None:
        return []
    if not isinstance(node, List):
        found.page.found(findings.LIST_EXPECTED, node.span, key=found.keys[key].text)
        return []
    return node.items


def _steps_before(found: Fields, base: Track | None) -> dict[str, Step]:
    left_out = idents(found.page, found.values["without"]) if "without" in found else ()
    if left_out and not found.values.get("based_on"):
        found.page.found(
            findings.KEY_NEEDS_ANOTHER, found.keys["without"].span, key=found.keys["without"].text, other=found.page.key("based_on")
        )
    if base is None:
        return {}
    names = [s.id for s in base.steps]
    for name in left_out:
        if name not in names:
            found.page.found(
                findings.UNKNOWN_STEP_OF_BASE, found.values["without"].span, found=name, base=base.track, known=v.listed(names)
            )
    return {s.id: s for s in base.steps if s.id not in left_out}


def _told_apart(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps with names of their own: one that is called as another has its id for a name, or beside the name that it was given."""
    alike = _alike(steps)
    found = [replace(one, name=_of_id(one)) if one.id in alike and one.name == one.type.capitalize() else one for one in steps]
    alike = _alike(found)
    return tuple(replace(one, name=f"{one.name} ({one.id})") if one.id in alike else one for one in found)


def _alike(steps: Sequence[Step]) -> frozenset[str]:
    names = Counter(one.name.casefold() for one in steps)
    return frozenset(one.id for one in steps if names[one.name.casefold()] > 1)


def _of_id(of: Step) -> str:
    return of.id.replace("_", " ").replace("-", " ").capitalize()


def _steps(page: Page, nodes: Iterable[Node], scope: Scope, before: Mapping[str, Step]) -> Iterator[Step]:
    seen: dict[str, Node] = {}
    for node in nodes:
        found = step(page, node, scope, before)
        if found is not None and found.id in seen:
            page.found(findings.DUPLICATE_ID, at_id(node), at_id(seen[found.id]), id=found.id)
        elif found is not None:
            seen[found.id] = node
            yield found


def _merged(before: Mapping[str, Step], given: Iterable[Step]) -> tuple[Step, ...]:
    """Put steps in order: changed ones where they stood, new ones after the last step that they wait for (R52)."""
    if not before:
        return tuple(given)
    steps = list(before.values())
    for new in given:
        names = [s.id for s in steps]
        if new.id in before:
            steps[names.index(new.id)] = new
        else:
            # A new step that waits for none that is known goes last.
            last = max((names.index(name) for name in new.after or () if name in names), default=len(steps) - 1)
            steps.insert(last + 1, new)
    return tuple(steps)


def _head(found: Fields) -> dict[str, Any]:
    return {
        "track": found.read("track", ident, None),
        "name": found.read("name", read_name, None),
        "type": found.read("type", word(v.TRACK_TYPES), None),
        "description": found.read("description", text, None),
        "texts": found.read("texts", headings, None),
        "programme": found.read("programme", ident, None),
        "owner": found.read("owner", read_name, None),
        "partners": found.read("partners", idents, None),
        "period": found.read("period", period, None),
        "longest": found.read("longest", length, None),
        "report_after": found.read("report_after", length, None),
        "notes": found.read("notes", word(v.NOTES), None),
        "follow_up": found.read("follow_up", follow_up, None),
    }


def _people(page: Page, found: Fields, scope: Scope) -> dict[str, Any]:
    readers = {"employers": employers, "target_group": target_group, "intake": intake, "transfers": transfers}
    return {key: reader(page, found.values[key], scope) for key, reader in readers.items() if key in found}


def _measures(page: Page, found: Fields, scope: Scope, indicators: Mapping[str, Indicator]) -> dict[str, Any]:
    if "goals" not in found:
        return {}
    counting = Scope(scope.facts, scope.steps, scope.employers, scope.lang, counting=True)
    read = goals(page, found.values["goals"], counting, indicators)
    used = sorted({goal.indicator for goal in read if goal.indicator is not None} & indicators.keys())
    return {"goals": read, "indicators": {name: indicators[name] for name in used}}


def _whole(values: dict[str, Any], base: Track | None) -> Track:
    inherited = {key: getattr(base, key) for key in field_names(Track)} if base else {}
    whole = {"track": NAMELESS, "name": NAMELESS, "type": "förberedande spår", **inherited, **values}
    return Track(**whole)
