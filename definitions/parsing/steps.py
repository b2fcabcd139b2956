"""Reading the steps of a track, and what their results lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.model.track import Action, Step, results_of
from definitions.model.values import Point, field_names
from definitions.parsing.conditions import conditions
from definitions.parsing.fields import ID, Fields, Page, Silent, fields, free_ident, ident, plain_word, scalar, text, texts, word
from definitions.parsing.fields import name as read_name
from definitions.parsing.intake import idents
from definitions.parsing.quantities import MOST_HOURS, day, length, money, number, or_unlimited, point
from definitions.source import findings
from definitions.source.nodes import Map, Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from definitions.conditions.type_checker import Scope

DEEPEST_ACTION: Final = 5
# Stands where an id or a name could not be read; what holds it is never given out.
NAMELESS: Final = "-"
MOST_TIMES: Final = 99


def step_type(page: Page, node: Node) -> str | None:
    """Read the type of a step."""
    found = scalar(page, node)
    if found is None:
        return None
    # The types are Swedish words in both languages; what people write instead is read as they mean it.
    kind = v.STEP_TYPE_SYNONYMS.get(found.text, found.text)
    if kind not in v.STEP_TYPES:
        page.found(
            findings.UNKNOWN_VALUE, found.span, found=kind, known=v.listed(v.STEP_TYPES), suggestion=nearest(kind, v.STEP_TYPES) or ""
        )
        return None
    return kind


def result(page: Page, node: Node) -> str | None:
    """Read a result: a built-in one by its code, one of the track's own as written (R17)."""
    found = plain_word(page, node)
    return (v.code(found, v.RESULTS) or found) if found is not None else None


def phases(page: Page, node: Node) -> tuple[str, ...]:
    """Read the ordered marks inside a step."""
    return texts(page, node, text)


def results(page: Page, node: Node) -> tuple[str, ...]:
    """Read the results of a step besides the built-in ones."""
    return texts(page, node, result)


def dates(page: Page, node: Node) -> tuple[Any, ...]:
    """Read the days on which a step may begin, in order."""
    return tuple(sorted(texts(page, node, day)))


def after(page: Page, node: Node) -> tuple[str, ...]:
    """Read the steps that a step waits for, or `admission`."""

    def read(page: Page, item: Node) -> str | None:
        if isinstance(item, Scalar) and v.code(item.text, {"admission": v.ANCHORS["admission"]}):
            return "admission"
        return ident(page, item)

    return texts(page, node, read)


def responsible(page: Page, node: Node) -> tuple[str, ...]:
    """Read who is responsible, partners or the employer: the first reports (R58)."""

    def read(page: Page, item: Node) -> str | None:
        found = scalar(page, item)
        return (v.code(found.text, v.RESPONSIBLE_EMPLOYER) or found.text) if found is not None else None

    return texts(page, node, read)


def employer_places(page: Page, node: Map) -> dict[str, int]:
    """Read the places at each employer."""
    read = ((key, ident(page, key), _PLACES(page, value)) for key, value in node)
    return {name: count for _, name, count in read if name is not None and count is not None}


_PLACES: Final = number()
_TIMES: Final = or_unlimited(MOST_TIMES)
_HOURS: Final = number(1, MOST_HOURS)

# The keys whose value is read alike wherever they stand: key -> (field, reader).
_PLAIN: Final[Mapping[str, tuple[str, Callable[[Page, Node], Any]]]] = {
    "type": ("type", step_type), "name": ("name", read_name), "description": ("description", text),
    "subject": ("subject", word(v.SUBJECTS)), "after": ("after", after), "alongside": ("alongside", ident), "until": ("until", point),
    "length": ("length", length), "start_within": ("start_within", length), "starts": ("starts", dates), "employer": ("employers", idents),
    "phases": ("phases", phases), "gives": ("gives", idents), "results": ("results", results), "contact_every": ("contact_every", length),
    "report_after": ("report_after", length),
    "hours_per_week": ("hours_per_week", _HOURS), "cost": ("cost", money), "pauses": ("pauses", word(v.PAUSES)),
}  # fmt: skip


def step(page: Page, node: Node, scope: Scope, base: Mapping[str, Step]) -> Step | None:
    """Read one step.

    Args:
        page: Where findings go.
        node: The mapping of the step.
        scope: What its conditions may ask about.
        base: The steps of the track that this one is based on, by id; one of the same id gives what is not written here (R52).

    Returns:
        The step, or None where it has no id that can be read.

    """
    # The id is looked up as written, because a step that changes another need not repeat its type.
    before = base.get(step_id(node) or "")
    found = fields(page, node, "step", required=("id",) if before else ("id", "type"))
    name = found.read("id", free_ident, None) if found else None
    if found is None or name is None:
        return None
    values = {**_before(before), **_given(page, found, scope)}
    values["places"] = values.get("places") or None
    kind = values.setdefault("type", None)
    # A stand-in where the type cannot be read, so that what else is wrong with the step is found too.
    values["type"] = kind or "insats"
    if "name" not in values:
        if kind == "insats" and "name" not in found.keys:
            page.found(findings.INSATS_WITHOUT_NAME, found.values["id"].span, key=page.key("name"))
        values["name"] = values["type"].capitalize()
    if beside := values.get("alongside"):
        # `alongside: X` is short for from the start of X until its end (R25).
        values.setdefault("begins", Point(anchor="start", step=beside))
        values.setdefault("until", Point(anchor="end", step=beside))
    return Step(**{**values, "id": name})


def _before(base: Step | None) -> dict[str, Any]:
    if base is None:
        return {}
    # The two points that `alongside` stands for are filled in again, perhaps from another step.
    filled = ("begins", "until") if base.alongside else ()
    return {key: value for key in field_names(Step) if key not in filled and (value := getattr(base, key)) is not None}


def _given(page: Page, found: Fields, scope: Scope) -> dict[str, Any]:
    """Read what is written of a step, as far as it can be read, by field."""
    written = found.values
    given = {field: reader(page, written[key]) for key, (field, reader) in _PLAIN.items() if key in written}
    given |= {key: conditions(page, written[key], scope) for key in ("when", "requires") if key in written}
    if (begins := written.get("from")) is not None:
        given |= _begins(page, begins)
    if isinstance(places := written.get("places"), Map):
        given["employer_places"] = employer_places(page, places)
    elif places is not None:
        # 0 stands for unlimited here, so that a variant can lift the places of its base.
        given |= {"places": or_unlimited()(page, places), "employer_places": {}}
    if whose := responsible(page, written["responsible"]) if "responsible" in written else ():
        given |= {"responsible": whose[0], "also_responsible": whose[1:]}
    if (results := written.get("on_result")) is not None:
        given["on_result"] = on_result(page, results)
    return {field: value for field, value in given.items() if value is not None}


def _begins(page: Page, node: Node) -> dict[str, Any]:
    if isinstance(node, Scalar) and v.code(" ".join(node.text.split()), v.WHEN_NEEDED):
        return {"when_needed": True}
    return {"begins": point(page, node)}


def step_id(node: Node) -> str | None:
    """Find the id of a step as written, whether or not it is a good one."""
    pairs = node if isinstance(node, Map) else ()
    return next((value.text for key, value in pairs if key.text == "id" and isinstance(value, Scalar)), None)


# Only what the results depend on; all else is read later, when the results of all steps are known.
_OUTLINED: Final = frozenset({"type", "results", v.KEYS["type"], v.KEYS["results"]})


def outline(page: Page, nodes: Iterable[Node], base: Mapping[str, Step]) -> dict[str, tuple[str, ...]]:
    """Read the results of each step before the rest can be read; nothing is recorded here.

    Args:
        page: The page, for its name and language.
        nodes: The mappings of the steps.
        base: The steps of the track that this one is based on, by id.

    Returns:
        The results that each step can have, by its id.

    """
    silent = Silent(page.name, page.lang)
    found = {}
    for node in nodes:
        name = step_id(node)
        if name is None or not isinstance(node, Map):
            continue
        given = {v.english_key(key.text): value for key, value in node.pairs if key.text in _OUTLINED}
        before = base.get(name)
        kind = step_type(silent, given["type"]) if "type" in given else before and before.type
        own = results(silent, given["results"]) if "results" in given else before.results if before else ()
        found[name] = results_of(kind or "insats", own)
    return found


def on_result(page: Page, node: Node) -> dict[str, Action]:
    """Read what each result leads to."""
    if not isinstance(node, Map):
        page.found(findings.RESULTS_EXPECTED, node.span)
        return {}
    found: dict[str, Action] = {}
    spans: dict[str, Scalar] = {}
    for key, value in node:
        name = result(page, key)
        lead = action(page, value, 0)
        if name is None or lead is None:
            continue
        if name in found:
            page.found(findings.DUPLICATE_KEY, key.span, spans[name].span, key=key.text, line=str(spans[name].span.line))
        else:
            found[name], spans[name] = lead, key
    return found


_BOUNDED: Final = ("goto", "retry", "transfer")
ASK: Final = Action(kind="ask")


def action(page: Page, node: Node, depth: int) -> Action | None:
    """Read an action: `next`, `ask`, `end`, a step, or a mapping with a bound.

    Args:
        page: Where findings go.
        node: The text or mapping of the action.
        depth: How many actions it stands within; from five on it is refused.

    Returns:
        The action, or None where it cannot be read.

    """
    if isinstance(node, Map):
        return _bounded(page, node, depth)
    found = scalar(page, node)
    if found is None:
        return None
    kind: Any = v.code(found.text, v.ACTIONS)
    if kind:
        return Action(kind=kind)
    if not ID.fullmatch(found.text):
        words = v.words(v.ACTIONS, page.lang)
        page.found(
            findings.UNKNOWN_ACTION, found.span, found=found.text, suggestion=nearest(found.text, words) or page.named(found.text) or ""
        )
        return None
    return Action(kind="goto", target=found.text, then=ASK)


def _misspelt(node: Map) -> str | None:
    """Guess the kind of an action whose key is not spelt as it should be."""
    spelt = {spelling: kind for kind in _BOUNDED for spelling in (kind, v.KEYS[kind])}
    return next((spelt[near] for key, _ in node if (near := nearest(key.text, spelt))), None)


def _bounded(page: Page, node: Map, depth: int) -> Action | None:
    names = [v.english_key(key.text) for key, _ in node]
    kind = next((kind for kind in _BOUNDED if kind in names), None) or _misspelt(node)
    # `then` within `then` within `then` is a program, which a track is not.
    if kind is None or depth >= DEEPEST_ACTION:
        page.found(findings.NOT_AN_ACTION, node.span)
        return None
    found = fields(page, node, "transfer action" if kind == "transfer" else kind)
    if found is None or kind not in found:
        return None
    if kind == "transfer":
        to = ident(page, found.values["transfer"])
        return Action(kind="transfer", target=to) if to else None
    then = action(page, found.values["then"], depth + 1) if "then" in found else None
    bound = found.read("retry" if kind == "retry" else "at_most", _TIMES, None)
    target = ident(page, found.values["goto"]) if kind == "goto" else None
    terms: dict[str, Any] = {"length": found.read("length", length, None), "hours_per_week": found.read("hours_per_week", _HOURS, None)}
    lead: Any = "goto" if kind == "goto" else "retry"
    return Action(kind=lead, target=target, at_most=1 if bound is None else bound, **terms, then=then or ASK)
