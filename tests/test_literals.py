"""No text for a person stands in code or in a template: only keys do."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import pytest

from definitions.model import vocabulary as v
from hatch_build import ROOT
from tests import catalogue_keys as code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What holds words on purpose, and why.
DATA: Final = {
    "definitions/model/vocabulary.py": "the names of the language",
    "definitions/parsing/suggestions.py": "what people write for the words of the language",
    "definitions/scenarios/phrases.py": "the sentences of a track's own tests",
    "definitions/source/yaml_fault.py": "how libyaml words what is wrong, by which it is told apart",
    "definitions/source/flow_fault.py": "the same, within brackets",
    "definitions/model/catalogues.py": "what is said when there is no catalogue to say it",
    "commands/demo/cohorts/*.py": "what made-up people did",
    "tracks/storage/migrations/**/*.py": "SQL",
}
# Words that people type in conditions, in commands and in the headings of files, in either language.
TYPED: Final = (
    *(f"commands/importing/{name}.py" for name in ("column_map", "columns", "importer")),
    "tracks/events/kinds/facts.py",
    "commands/app/error_text.py",
    "commands/app/global_options.py",
    "commands/recording/correct.py",
    "definitions/conditions/parser.py",
    "definitions/conditions/type_checker.py",
    "tracks/events/roles.py",
)
SWEDISH: Final = re.compile("[åäöÅÄÖ]")
PROSE: Final = re.compile(r"(?<![\w.-])[A-Za-zåäö][a-zåäö]*(?:,? [a-zåäö]{2,}){2,}")
# Rows and columns, patterns, and alphabets.
OTHERS: Final = re.compile(r"\b(SELECT|INSERT|UPDATE|FROM|ORDER BY)\b|[\\^$|]|\[[^\]]*-|^(\w+, )+\w+$|^[åäöÅÄÖéÉüÜ_]+$")
LANGUAGE: Final = frozenset(
    word for table in vars(v).values() if isinstance(table, type(v.KEYS)) for pair in table.items() for word in map(str, pair)
) | {*v.STEP_TYPES, *v.TRACK_TYPES, "employer in track", "arbetsgivare i_spåret", "i", "spåret", "jobbspår"}


def modules() -> Iterator[Path]:
    data = {path for pattern in DATA for path in ROOT.glob(pattern)}
    yield from (path for domain in code.FOLDERS for path in code.files(domain) if path not in data)


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every piece of text of a module, but for its docstrings and what only a programmer meets."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and ast.unparse(node.exc.func) in ("ValueError", "TypeError"):
            skipped |= {id(inner) for inner in ast.walk(node.exc)}
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def is_text(text: str, *, typed: bool) -> bool:
    if text in LANGUAGE or OTHERS.search(text):
        return False
    if SWEDISH.search(text):
        return not (typed and re.fullmatch(r"[\w ]+", text))
    return PROSE.search(text) is not None


def test_no_text_for_a_person_stands_in_code() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for path in modules()
        for line, text in literals(code.tree(path))
        if is_text(text, typed=str(path.relative_to(ROOT)) in TYPED)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["Inget att göra.", "What the run will do", "Försenat", "People per step,"])
def test_a_text_in_code_would_be_seen(text: str) -> None:
    assert is_text(text, typed=False)


@pytest.mark.parametrize("text", ["SELECT ref FROM enrolment ORDER BY stream", "förberedande spår", "[a-z0-9åäö_-]{1,64}", "col.day"])
def test_what_is_no_text_may_stand(text: str) -> None:
    assert not is_text(text, typed=False)


def test_no_exception_for_data_is_left_over() -> None:
    assert [pattern for pattern in DATA if not list(ROOT.glob(pattern))] == []


@pytest.mark.parametrize("template", [path for domain in code.FOLDERS for path in code.templates(domain)], ids=lambda path: path.name)
def test_no_text_for_a_person_stands_in_a_template(template: Path) -> None:
    said = re.sub(r"<style.*?</style>|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    said = re.sub(r'content="default-src [^"]*"', "", said)  # the policy of the page is no text
    shown = re.sub(r"<[^>]*>", " ", re.sub(r"<!.*?>", "", said, flags=re.DOTALL), flags=re.DOTALL)
    assert re.findall(r"[A-Za-zåäöÅÄÖ]{2,}", shown) == []
    assert re.findall(r'(?:alt|title|aria-label|content|placeholder)="([^"]*[a-z]{2,} [^"]*)"', said) == []
