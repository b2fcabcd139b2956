"""What Python lacks on Windows, as its own type stubs say it, and a start of Python that takes it away."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import mypy

if TYPE_CHECKING:
    from collections.abc import Iterator

_STUBS: Final = Path(mypy.__file__).parent / "typeshed" / "stdlib"
# The modules of which some names are there on Unix alone, each with its stub.
_PARTLY: Final = {"os": "os/__init__.pyi", "signal": "signal.pyi", "socket": "socket.pyi", "time": "time.pyi", "errno": "errno.pyi"}
# Those that are there on Unix alone, for which the stubs have the same condition around all that they hold.
MODULES: Final = ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty")
# For these the standard library asks, where it has found them before, or where the system says that it is Linux.
_ASKED_FOR: Final = frozenset(
    {"WNOHANG", "WIFSTOPPED", "WSTOPSIG", "register_at_fork", "sendfile", "sysconf", "listxattr", "getxattr", "setxattr", "removexattr"}
)
_TAKEN: Final = ("os", "signal", "time")
# Well-kept libraries have their own way on each system: they are read whole first.
_START: Final = """
import importlib, sys
for name in ("psutil", "tempfile", "shutil", "subprocess", "asyncio", "multiprocessing.util", "uuid", "pydantic", "sqlalchemy"):
    importlib.import_module(name)
for module, names in {gone!r}.items():
    for name in names:
        vars(importlib.import_module(module)).pop(name, None)
for name in {modules!r}:
    sys.modules[name] = None
"""


@cache
def unix_only() -> dict[str, frozenset[str]]:
    """The names of each module that it has on Unix and not on Windows."""
    found = {}
    for module, stub in _PARTLY.items():
        body = ast.parse((_STUBS / stub).read_text(encoding="utf-8")).body
        found[module] = frozenset(_names(body, there=False)) - frozenset(_names(body, there=True))
    return found


def _names(body: list[ast.stmt], *, there: bool, on_windows: bool = True) -> Iterator[str]:
    """The names that a stub defines on Windows, or those that it defines elsewhere."""
    for node in body:
        if isinstance(node, ast.If) and "sys.platform" in (test := ast.unparse(node.test)):
            yield from _names(node.body, there=there, on_windows=on_windows and "== 'win32'" in test)
            yield from _names(node.orelse, there=there, on_windows=on_windows and test != "sys.platform == 'win32'")
        elif isinstance(node, ast.If):
            yield from _names([*node.body, *node.orelse], there=there, on_windows=on_windows)
        elif on_windows is there:
            yield from _defined(node)


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.AnnAssign | ast.Assign):
        targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
        yield from (target.id for target in targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.ImportFrom):
        yield from (name.asname or name.name for name in node.names)


def without_unix(folder: Path) -> Path:
    """Write the start of a Python without any of this into a folder, which is to stand on PYTHONPATH."""
    gone = {module: sorted(unix_only()[module] - _ASKED_FOR) for module in _TAKEN}
    (folder / "sitecustomize.py").write_text(_START.format(gone=gone, modules=MODULES), encoding="utf-8")
    return folder
