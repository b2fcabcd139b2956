"""Measures of the house of the code: rooms, names, docstrings, comments, size; `python tests/house.py [FOLDER …]` lists what is amiss."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parents[1]
SHIPPED: Final = ("definitions", "tracks", "flows", "commands")
MODULES_OF_A_ROOM: Final = 16
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Nouns and prepositions that end as a gerund does.
_NOUNS: Final = frozenset(
    {"spelling", "wording", "phrasing", "routing", "recording", "importing", "reporting", "parsing", "loading", "authoring"}
)
_ARGS: Final = 2
_FILE_NAME: Final = re.compile(r"\.(md|py|po|j2|css|yaml|toml|json)$")


@cache
def sources() -> tuple[Path, ...]:
    """The shipped modules, by path."""
    return (*sorted(path for top in SHIPPED for path in (ROOT / top).rglob("*.py")), ROOT / "cli.py")


@cache
def parsed(path: Path) -> ast.Module:
    """A module as it is parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def crowded_rooms() -> dict[str, int]:
    """The folders that hold more modules than a room should, with how many."""
    held = Counter(path.parent for path in sources() if path.name != "__init__.py")
    return {str(folder.relative_to(ROOT)): count for folder, count in held.items() if count > MODULES_OF_A_ROOM}


def gerunds() -> list[str]:
    """The modules whose name is a verb in its -ing form."""
    names = ((path, path.stem) for path in sources())
    return [str(path.relative_to(ROOT)) for path, name in names if re.search(r"ing(_|$)", name) and not set(name.split("_")) & _NOUNS]


def ambiguous_classes() -> dict[str, list[str]]:
    """The names of classes that stand for more than one thing, each with its modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(str(path.relative_to(ROOT)))
    return {name: where for name, where in sorted(places.items()) if len(where) > 1}


def code_lines() -> int:
    """How many lines hold code: without blanks, comments and docstrings."""
    return sum(len(_code(path)) for path in sources())


def comment_share() -> float:
    """The comments among the lines that hold code or a comment."""
    comments = sum(len(_comments(path)) for path in sources())
    return comments / (code_lines() + comments)


def silent_raises() -> list[str]:
    """The public functions that raise and whose docstring does not say so."""
    return [place for place, node in public_functions() if _raises(node) and "Raises" not in (ast.get_docstring(node) or "")]


def undescribed_parameters() -> list[str]:
    """The public functions of more than two parameters whose docstring does not describe every one of them."""
    return [place for place, node in public_functions() if len(_parameters(node)) > _ARGS and not _describes(node)]


def stale_names() -> list[str]:
    """The dotted names in the pages of the rooms that no module, function or class has; names of keys of texts are in capitals."""
    modules = {path.stem if path.name != "__init__.py" else path.parent.name: path for path in sources()}
    known = {name for path in sources() for name in _defined(path)} | set(modules)
    pages = {path: ast.get_docstring(parsed(path)) or "" for path in sources() if path.name == "__init__.py"}
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path, page in pages.items()
        for name in re.findall(r"`((?:[a-z_]+\.)+[A-Za-z_]+)`", page)
        if not _FILE_NAME.search(name) and not {part for part in name.split(".") if not part.isupper()} <= known
    ]


def _defined(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def public_functions() -> Iterator[tuple[str, Function]]:
    """Every public function and method, with its place; what the command line calls is told by `--help` instead."""
    for path in sources():
        for node, inside in _definitions(parsed(path).body, ()):
            if not any(name.startswith("_") for name in (*inside, node.name)) and not _is_command(path, node):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {'.'.join((*inside, node.name))}", node


def _definitions(body: Sequence[ast.stmt], inside: tuple[str, ...]) -> Iterator[tuple[Function, tuple[str, ...]]]:
    for node in body:
        if isinstance(node, Function):
            yield node, inside
        elif isinstance(node, ast.ClassDef):
            yield from _definitions(node.body, (*inside, node.name))


def _is_command(path: Path, node: Function) -> bool:
    return path.is_relative_to(ROOT / "commands") and bool(node.args.args) and node.args.args[0].arg == "ctx"


def _parameters(node: Function) -> list[str]:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return [arg.arg for arg in given if arg.arg not in ("self", "cls")]


def _describes(node: Function) -> bool:
    text = ast.get_docstring(node) or ""
    if "Args:" not in text:
        return False
    described = text.partition("Args:")[2]
    return all(re.search(rf"^\s*(\w+, )*{name}(, \w+)*:", described, re.MULTILINE) for name in _parameters(node))


def _raises(node: Function) -> bool:
    """Whether a function raises in its own body; what it raises again, or in a function within, is not of its own making."""
    left: list[ast.AST] = list(node.body)
    while left:
        here = left.pop()
        if isinstance(here, ast.Raise) and here.exc is not None:
            return True
        if not isinstance(here, Function | ast.Lambda | ast.ClassDef):
            left += ast.iter_child_nodes(here)
    return False


@cache
def _comments(path: Path) -> frozenset[int]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return frozenset(
        token.start[0] for token in tokens if token.type == tokenize.COMMENT and not re.match(r"# (noqa|type:|fmt:|ruff:)", token.string)
    )


@cache
def _code(path: Path) -> frozenset[int]:
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    lines = {line for token in tokens if token.type not in skipped for line in range(token.start[0], token.end[0] + 1)}
    return frozenset(lines - _docstrings(path))


def _docstrings(path: Path) -> set[int]:
    found: set[int] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function | ast.ClassDef | ast.Module) and ast.get_docstring(node) is not None:
            text = node.body[0]
            found |= set(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return found


def main(folders: Sequence[str]) -> None:
    """Print what is amiss, in these folders or everywhere."""

    def here(places: Sequence[str]) -> list[str]:
        return [place for place in places if not folders or place.startswith(tuple(folders))]

    for title, places in (
        ("gerunds", gerunds()),
        ("raise without saying so", silent_raises()),
        ("parameters that no docstring describes", undescribed_parameters()),
        ("class names of more than one thing", [f"{', '.join(where)}: {name}" for name, where in ambiguous_classes().items()]),
    ):
        listed = [place for place in places if here(place.split(", "))] if title.startswith("class") else here(places)
        sys.stdout.write(f"{title}: {len(listed)}\n" + "".join(f"  {place}\n" for place in listed))
    sys.stdout.write(f"crowded: {crowded_rooms()}; lines of code {code_lines()}; comments {comment_share():.1%}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
