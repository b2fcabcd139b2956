"""Builds the JSON Schema 2020-12 of the language for editors: descriptions for hover, words for completion, no stricter than the loader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions.model import vocabulary as v
from definitions.model.catalogues import message
from definitions.model.value_types import FORMS, MANY, REQUIRED, WORDS
from definitions.reference.explain import describe_value
from definitions.reference.json_schema_values import ID, VALUES, enum

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FILE: Final = "jobbspar.schema.json"
# What a language server for YAML looks for in the first lines of a file; the path is beside the file, so no network is needed.
MODELINE: Final = f"# yaml-language-server: $schema={FILE}\n"


def build_schema(lang: v.Lang) -> Schema:
    """Build the whole schema; keys and words of both languages are taken, those of the asked one come first."""
    sections = {_name(section): _section(section, lang) for section in FORMS}
    forms = sorted(
        {form for keys in FORMS.values() for form in keys.values() if " " not in form} | {"action", "sentence"} | {*MANY.values()}
    )
    return {
        "$schema": DIALECT,
        "title": message("schema.title", lang),
        # One schema for all three kinds of file: an editor finds it by the first line and not by what the file holds.
        "if": _alone("indicator"),
        "then": _ref("indicator file"),
        "else": {"if": _alone("test"), "then": _ref("test file"), "else": _ref("track")},
        "$defs": {**sections, **{f"form_{form}": _form(form, lang) for form in forms}},
    }


def _alone(key: str) -> Schema:
    return {"allOf": [_given(key), {"not": _given("track")}]}


def _name(section: str) -> str:
    return section.replace(" ", "_")


def _ref(section: str) -> Schema:
    return {"$ref": f"#/$defs/{_name(section)}"}


def _of(form: str) -> Schema:
    kind, _, section = form.partition(" ")
    if not section:
        return {"$ref": f"#/$defs/form_{form}"}
    if kind == "section":
        return _ref(section)
    # Steps have an order, so they stand in a list; elsewhere one alone is a list of one.
    many = {"type": "array", "items": _ref(section)}
    return many if section == "step" else {"anyOf": [{**many, "minItems": 1}, _ref(section)]}


def _spellings(key: str, section: str = "") -> tuple[str, ...]:
    return tuple(dict.fromkeys((key, v.key(key, "sv", section))))


def _given(key: str, section: str = "") -> Schema:
    return {"anyOf": [{"required": [spelling]} for spelling in _spellings(key, section)]}


def _section(section: str, lang: v.Lang) -> Schema:
    properties: Schema = {}
    for other in (False, True):
        for key, form in FORMS[section].items():
            shown = v.key(key, lang if not other else "en" if lang == "sv" else "sv", section)
            properties.setdefault(shown, {**_of(form), "description": _described(section, key, lang)})
    rules = [_given(key, section) for key in REQUIRED.get(section, ())]
    # The same key in both languages is the same key twice.
    rules += [{"not": {"required": list(both)}} for key in FORMS[section] if len(both := _spellings(key, section)) > 1]
    if section == "track":
        rules.append({"anyOf": [_given("based_on"), {"allOf": [_given("name"), _given("type")]}]})
    return {"type": "object", "properties": properties, "additionalProperties": False, "allOf": rules}


def _described(section: str, key: str, lang: v.Lang) -> str:
    return f"{message(f'key.{section}.{key}', lang)} ({message('heading.value', lang)}: {describe_value(FORMS[section][key], lang)})"


def _form(form: str, lang: v.Lang) -> Schema:
    if form in WORDS:
        return enum(form, WORDS[form], lang)
    if form in MANY and form != "starts":
        one = _of(MANY[form])
        return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}
    return VALUES[form](lang) if form in VALUES else _BUILT[form]


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _map(*values: Schema, keys: str = "") -> Schema:
    named = {"propertyNames": {"pattern": keys}} if keys else {}
    return {"type": "object", **named, "additionalProperties": _any(*values) if len(values) > 1 else values[0]}


def _either(table: Mapping[str, str]) -> Schema:
    return {"enum": [word for pair in table.items() for word in pair]}


# The forms that hold other forms.
_BUILT: Final[Mapping[str, Schema]] = {
    "condition": _any(_of("text"), _ref("condition")),
    "among": _any(_either(v.POPULATIONS), _of("conditions")),
    "starts": _any(_of("start"), {"type": "array", "minItems": 1, "items": _of("start")}),
    "start": _any(_of("date"), _either(v.ROLLING), _ref("start")),
    "places": _any(_of("capacity"), _map(_of("number"), keys=ID)),
    "caseload": _any(_of("number"), {**_map(_of("number")), "maxProperties": 1, "minProperties": 1}),
    "facts": _map(_of("fact_type"), _ref("fact"), keys=ID),
    "transfers": _map(_ref("transfer"), keys=ID),
    "headings": _map(_of("text")),
    "given": _any(_ref("person"), _map(_ref("person"))),
    "stated": _map(_of("text")),
    "said": _map(_of("sentence"), {"type": "array", "minItems": 1, "items": _of("sentence")}),
    "expected": _map(_of("sentence"), {"type": "array", "minItems": 1, "items": _of("sentence")}),
    "on_result": _map(_of("action")),
    "action": _any(_of("id"), *(_ref(section) for section in ("goto", "retry", "transfer action"))),
}
