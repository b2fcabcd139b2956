"""Changes one thing in the core at random and asks whether a test notices: the score of the tests, and a list of what they let through.

Each mutant lives in a copy of the tree, so the tree itself is never touched. The tests beside the changed module are tried first,
then the rules, then the worlds and the commands; the first that fails has killed the mutant, and so has a run without an end.

    python tests/code_mutants.py --mutants 150 --seed 1
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
# What the promises rest on: what follows, what is written, what is read back, what may be shown.
CORE: Final = (
    "tracks/engine", "tracks/events", "tracks/recording", "tracks/storage/ledger.py", "tracks/storage/memory_ledger.py", "tracks/privacy",
    "tracks/reports/measures", "definitions/conditions", "definitions/model/calendar.py", "commands/importing",
)  # fmt: skip
RULES: Final = ("tests/tracks/engine", "tests/tracks/recording", "tests/tracks/events", "tests/tracks/privacy", "tests/tracks/audit")
WIDER: Final = (("tests/tracks/queries", "tests/tracks/storage", "tests/tracks/scenarios"), ("tests/tracks/worlds",), ("tests/commands",))
LEAST: Final = 0.9
SECONDS: Final = 600
SWAPPED: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip
OTHER_NAME: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """path: the module, from the root; line: where; was, now: the code there, before and after."""

    path: str
    line: int
    was: str
    now: str
    source: str


def _compared(node: ast.Compare) -> ast.AST | None:
    other = SWAPPED.get(type(node.ops[0]))
    return ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators) if other else None  # type: ignore[list-item]


def _reckoned(node: ast.BinOp) -> ast.AST | None:
    other = SWAPPED.get(type(node.op))
    return ast.BinOp(node.left, other(), node.right) if other else None  # type: ignore[arg-type]


def _constant(node: ast.Constant) -> ast.AST | None:
    if isinstance(node.value, bool):
        return ast.Constant(not node.value)
    return ast.Constant(node.value + 1) if isinstance(node.value, int) else None


# What stands in the place of a node in a mutant, by the kind of the node; None leaves this one alone.
CHANGES: Final[dict[type[ast.AST], Callable[[Any], ast.AST | None]]] = {
    ast.Compare: _compared,
    ast.BoolOp: lambda node: ast.BoolOp(SWAPPED[type(node.op)](), node.values),  # type: ignore[arg-type]
    ast.BinOp: _reckoned,
    ast.UnaryOp: lambda node: node.operand if isinstance(node.op, ast.Not) else None,
    ast.IfExp: lambda node: ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse),
    ast.Constant: _constant,
    ast.Name: lambda node: ast.Name(OTHER_NAME[node.id], ast.Load()) if node.id in OTHER_NAME else None,
    ast.Expr: lambda node: ast.Pass() if isinstance(node.value, ast.Call | ast.Yield | ast.YieldFrom) else None,
}


def within(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run: not annotations, nor what only the type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        for name in ("annotation", "returns"):
            if getattr(node, name, None) is not None:
                setattr(node, name, None)
        yield from within(node)


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a module."""
    source = path.read_text(encoding="utf-8")
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = []
    for node in within(ast.parse(source)):
        other = CHANGES.get(type(node), lambda _: None)(node)
        if other is None:
            continue
        first, last = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        raw = source.encode()
        was, now = raw[first:last].decode(), ast.unparse(ast.fix_missing_locations(other))
        now = now if isinstance(other, ast.Pass | ast.Constant | ast.Name) else f"({now})"
        text = (raw[:first] + now.encode() + raw[last:]).decode()
        found.append(Mutant(str(path.relative_to(ROOT)), node.lineno, was, now, text))  # type: ignore[attr-defined]
    return found


def chosen(count: int, seed: int) -> list[Mutant]:
    """So many mutants, drawn evenly over all places of the core."""
    paths = [one for name in CORE for one in ([ROOT / name] if name.endswith(".py") else sorted((ROOT / name).rglob("*.py")))]
    every = [mutant for path in paths for mutant in mutants_of(path)]
    return random.Random(seed).sample(every, min(count, len(every)))


def rounds(mutant: Mutant) -> list[tuple[str, ...]]:
    """The folders of tests in turn: those beside the module, then the rules, then all that is wider."""
    folder = Path("tests") / Path(mutant.path).parent
    while not (ROOT / folder).is_dir() or not list((ROOT / folder).glob("test_*.py")):
        folder = folder.parent
    beside = () if str(folder) in ("tests", "tests/tracks") else ((str(folder),),)
    return [*beside, RULES, *WIDER]


def killed(mutant: Mutant, tree: Path) -> bool:
    """Whether a test fails with the mutant in a copy of the tree; the copy is as before afterwards."""
    target = tree / mutant.path
    before = target.read_text(encoding="utf-8")
    target.write_text(mutant.source, encoding="utf-8")
    try:
        return any(_fails(folders, tree) for folders in rounds(mutant))
    finally:
        target.write_text(before, encoding="utf-8")


def _tried(mutant: Mutant, tree: Path) -> bool:
    """Whether a mutant is killed; one that is not is told at once, because all of them together take hours."""
    was_killed = killed(mutant, tree)
    if not was_killed:
        sys.stdout.write(f"survives: {mutant.path}:{mutant.line}: {mutant.was!r} -> {mutant.now!r}\n")
        sys.stdout.flush()
    return was_killed


def _fails(folders: tuple[str, ...], tree: Path) -> bool:
    command = (sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *folders)
    fewer = {"JOBBSPAR_SEEDS": "40", "JOBBSPAR_CORRECTED": "16", "JOBBSPAR_FILES": "2"}
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"} | fewer
    try:
        return subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=SECONDS, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def copied(to: Path) -> Path:
    """A copy of the tree without environment and history."""
    left = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache")
    # The demo's output lies at the root; `commands/demo` is code that tests import.
    shutil.copytree(ROOT, to, ignore=lambda at, names: left(at, names) | ({"demo"} if Path(at) == ROOT else set()))
    return to


def main() -> int:
    """Try the mutants, two at a time; 0 where enough are killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    mutants = chosen(asked.mutants, asked.seed)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        trees = [copied(Path(folder) / str(number)) for number in range(2)]
        # A test that fails in a copy by itself would kill every mutant.
        broken = [folders for folders in (RULES, *WIDER) if _fails(folders, trees[0])]
        if broken:
            sys.stdout.write(f"fails without a mutant, so nothing was tried: {broken}\n")
            return 1
        shares = [pool.submit(lambda part, tree: [_tried(one, tree) for one in part], mutants[n::2], trees[n]) for n in range(2)]
        tried = [was_killed for share in shares for was_killed in share.result()]
    dead = sum(tried)
    sys.stdout.write(f"{dead} of {len(tried)} killed, {100 * dead // max(1, len(tried))} %\n")
    return 0 if dead >= LEAST * len(tried) else 1


if __name__ == "__main__":
    sys.exit(main())
