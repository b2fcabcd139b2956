"""The keys that the code says, read out of it: written whole, composed of parts, or the codes of refusals."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from cli import COMMANDS, TOPICS, load_command
from commands.app.command_group import ENVIRONMENT, CommandGroup
from commands.app.completion import group_options
from commands.app.global_options import GLOBALS
from commands.runtime.context import command_context
from definitions.model import vocabulary as v
from definitions.progress import Stage
from definitions.reference.example_files import finding_codes, key_examples
from definitions.reference.explain import PARTS, RULES
from definitions.reference.word_tables import WORD_TABLES
from hatch_build import ROOT
from tracks.events.codes import CHANNELS
from tracks.events.status import Status
from tracks.reports.measures.breakdowns import NOT_YET
from tracks.texts import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FOLDERS: Final = {
    "definitions": "definitions", "tracks": "tracks", "reports": "tracks/reports", "flows": "flows", "commands": "commands",
}  # fmt: skip
# Functions whose first argument is a key; a few take it second.
SAYERS: Final[Mapping[str, int]] = {"message": 0, "print_message": 0, "has": 0, "print_progress": 1, "Column": 1}
_KEY: Final = re.compile(r"[a-z][a-z_]*(\.[a-z_-]+)+")
_FILE: Final = re.compile(r".*\.(css|db|html|j2|json|toml|ya?ml)")
_QUOTED: Final = re.compile(r'"([a-z_]+)"')
_IN_TEMPLATE: Final = re.compile(r"""\bt\(\s*"([^"]*)"(\s*~)?""")


@dataclass
class Found:
    """What the code of a domain says: whole keys, forms of composed ones, and calls, each with its domain, key, place and values."""

    whole: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    forms: list[re.Pattern[str]] = field(default_factory=list)
    calls: list[tuple[str, str, str, frozenset[str]]] = field(default_factory=list)


def files(domain: str) -> Iterator[Path]:
    """The modules that say the texts of a domain."""
    folder = ROOT / FOLDERS[domain]
    others = [ROOT / other for name, other in FOLDERS.items() if name != domain and other.startswith(f"{FOLDERS[domain]}/")]
    yield from (path for path in sorted(folder.rglob("*.py")) if not any(path.is_relative_to(other) for other in others))
    if domain == "commands":
        yield ROOT / "cli.py"


def templates(domain: str) -> list[Path]:
    """The templates that say them too."""
    return sorted((ROOT / FOLDERS[domain]).glob("templates/*.j2"))


@cache
def tree(path: Path) -> ast.Module:
    """A module as it is parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def found(domain: str) -> Found:
    """What the code of a domain says."""
    seen = Found()
    for path in files(domain):
        for node in ast.walk(tree(path)):
            _note(seen, node, domain, f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
    for path in templates(domain):
        for key, more in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            seen.forms.append(re.compile(f"{re.escape(key)}(.+)")) if more else seen.asked.add(key)
    seen.whole |= seen.asked
    return seen


def _note(seen: Found, node: ast.AST, domain: str, place: str) -> None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        seen.whole.add(node.value)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant) and "." in str(node.values[0].value):
        parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.*)" for part in node.values)
        seen.forms.append(re.compile("".join(parts)))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        _note_call(seen, node, domain, place)


def _note_call(seen: Found, call: ast.Call, domain: str, place: str) -> None:
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
    given = frozenset(word.arg or "**" for word in call.keywords)
    if name in refusals() and not call.args:
        seen.calls.append((*refusals()[name], place, given))
    elif isinstance(call.func, ast.Name) and name in SAYERS and len(call.args) > SAYERS[name]:
        key = call.args[SAYERS[name]]
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            seen.asked |= {key.value} - {""}
            if name in ("message", "print_message"):
                seen.calls.append((domain, key.value, place, given))


@cache
def refusal_codes() -> Sequence[tuple[str, str, str]]:
    """The codes of refusals: the domain that defines each, its constant, and the name that it has, `DOMAIN.KEY`."""
    nodes = ((domain, node) for domain in FOLDERS for path in files(domain) for node in tree(path).body)
    assigned = ((domain, node.target, node.value) for domain, node in nodes if isinstance(node, ast.AnnAssign))
    return [
        (domain, ast.unparse(target), str(ast.literal_eval(call.args[0])))
        for domain, target, call in assigned
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "RefusalCode"
    ]


@cache
def refusals() -> Mapping[str, tuple[str, str]]:
    """The domain and the key of each code of a refusal, by its constant."""
    return {constant: (domain, name.partition(".")[2]) for domain, constant, name in refusal_codes()}


@cache
def errors() -> Mapping[str, str]:
    """The keys that refusals are told by: the domain of each."""
    return {key: domain for domain, key in refusals().values()}


@cache
def used_names() -> frozenset[str]:
    """Every name that the code reads."""
    nodes = [node for domain in FOLDERS for path in files(domain) for node in ast.walk(tree(path))]
    return frozenset(
        node.id if isinstance(node, ast.Name) else node.attr
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    )


@cache
def words() -> frozenset[str]:
    """Every word that the code has, of which it may compose a key."""
    every: set[str] = set()
    for domain in FOLDERS:
        written = {
            *found(domain).whole,
            *(word for path in templates(domain) for word in _QUOTED.findall(path.read_text(encoding="utf-8"))),
        }
        every |= {part for text in written for part in re.split(r"[.:|]", text.replace(" ", "_"))} | written
        for path in files(domain):
            for node in ast.walk(tree(path)):
                name = node.arg if isinstance(node, ast.arg | ast.keyword) else None
                every |= {name} if name else set()
    return frozenset(every)


@cache
def given_to(domain: str, callee: str) -> frozenset[str]:
    """The codes that a class is called with as its first argument, up to a colon in it."""
    calls = (node for path in files(domain) for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and node.args)
    firsts = (call.args[0] for call in calls if ast.unparse(call.func).rpartition(".")[2] == callee)
    parts = (first.values[0] if isinstance(first, ast.JoinedStr) else first for first in firsts)
    inner = (node.value for part in parts for node in ast.walk(part) if isinstance(node, ast.Constant))
    return frozenset(text.partition(":")[0] for text in inner if isinstance(text, str))


def _joined(prefix: str, names: Iterable[object]) -> set[str]:
    return {f"{prefix}.{name}" for name in names}


@cache
def options() -> frozenset[str]:
    """The long options of all commands and of the program, but for help itself and for other names of the same."""
    group = CommandGroup(TOPICS, load_command, **group_options())
    context = group.make_context("jobbspar", ["status"], obj=command_context({"lang": "en"}), resilient_parsing=True)
    params = [*group.params, *(param for name in COMMANDS for param in group.get_command(context, name).params)]
    own = (next((name for name in param.opts if name.startswith("--")), "") for param in params)
    return frozenset({*own, *GLOBALS} - {"", "--help"})


@cache
def composed() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The families whose keys are composed of codes of the language: exactly these, by domain and by what they begin with."""
    families: dict[str, dict[str, set[str]]] = {
        "definitions": {
            "JS": {f"{code}{part}" for code in finding_codes() for part in ("", ".hint", ".why")},
            "key": _joined("key", key_examples()),
            "section": _joined("section", v.SECTIONS),
            "word": {f"word.{table}.{word}" for table, words in WORD_TABLES.items() for word in words},
            "place": _joined("place", WORD_TABLES),
            "rule": _joined("rule", (f"{number:02}" for number in RULES)),
            "part": _joined("part", (f"{number:02}" for number in PARTS)),
        },
        "tracks": {
            **{table: _joined(table, codes) for table, codes in TABLES.items()},
            "verify": _joined("verify", given_to("tracks", "Discrepancy")),
        },
        "reports": {
            "born_abroad": _joined("born_abroad", v.YES_NO),
            "sex": _joined("sex", v.SEX),
            "schooling": _joined("schooling", v.SCHOOLING),
            "channel": _joined("channel", CHANNELS),
            "outcome": _joined("outcome", (*v.OUTCOMES, NOT_YET)),
            "result": _joined("result", (*v.RESULTS, *v.SKIPPED)),
            "status": _joined("status", set(Status) - {Status.MISREGISTERED}),
            "type": _joined("type", v.TRACK_TYPES),
            "steptype": _joined("steptype", v.STEP_TYPES),
            "ground": _joined("ground", v.GROUNDS),
            "month": _joined("month", range(1, 13)),
        },
        "commands": {
            **{prefix: _joined(prefix, COMMANDS) for prefix in ("help", "example")},
            "title.topic": _joined("title.topic", TOPICS),
            "global": _joined("global", GLOBALS),
            "stage": _joined("stage", Stage),
            "environment": _joined("environment", ENVIRONMENT),
            "words": _joined("words", [*COMMANDS, *options()]),
        },
        "flows": {},
    }
    return {domain: {prefix: frozenset(keys) for prefix, keys in found.items()} for domain, found in families.items()}


def family(domain: str, key: str) -> str | None:
    """The family of composed keys that a key belongs to, if it belongs to one."""
    first = key.partition(".")[0]
    for prefix in composed()[domain]:
        if first == prefix or key.startswith(f"{prefix}.") or (prefix == "JS" and re.fullmatch(r"JS[0-9]+", first)):
            return prefix
    return None


def is_said(domain: str, key: str) -> bool:
    """Whether the code can say a key of no composed family."""
    if key in found(domain).whole or errors().get(key) == domain:
        return True
    forms = (form.fullmatch(key) for form in found(domain).forms)
    return any(all(part in words() for part in _parts(match)) for match in forms if match)


def _parts(match: re.Match[str]) -> Iterator[str]:
    return (part for hole in match.groups() for part in hole.split(".") if part and not part.isdecimal())


def looks_like_a_key(domain: str, text: str, keys: Iterable[str]) -> bool:
    """Whether a literal begins as the keys of the domain do."""
    if not _KEY.fullmatch(text) or _FILE.fullmatch(text):
        return False
    return text.partition(".")[0] in {key.partition(".")[0] for key in keys if "." in key}
