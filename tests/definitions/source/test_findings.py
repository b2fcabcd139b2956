from __future__ import annotations

import ast
import re
from collections import Counter
from typing import Final

from definitions.source import findings
from hatch_build import ROOT, catalogues, read
from tests.house import parsed, sources

NAMED: Final = {name: code for name, code in vars(findings).items() if name.isupper()}
CODE: Final = re.compile(r"JS[0-9]{3}")
# Where codes may be written.
WRITTEN: Final = {ROOT / "definitions/source/findings.py"}


def codes_in(tree: ast.Module) -> list[str]:
    """The codes in the texts of a module, but for its docstrings."""
    comments = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments)
    return [code for text in texts for code in CODE.findall(str(text.value))]


def test_code_calls_a_finding_by_its_name() -> None:
    assert {str(path): codes_in(parsed(path)) for path in sources() if path not in WRITTEN and codes_in(parsed(path))} == {}


def test_a_code_in_a_text_would_be_seen() -> None:
    assert codes_in(ast.parse('"""JS001"""\nfound("JS043", f"see JS044 at {place}")')) == ["JS043", "JS044"]


def test_each_finding_has_one_name_and_each_name_one_code() -> None:
    assert all(CODE.fullmatch(code) for code in NAMED.values())
    assert [code for code, names in Counter(NAMED.values()).items() if names > 1] == []
    written = parsed(ROOT / "definitions/source/findings.py").body
    assert len([node for node in written if isinstance(node, ast.AnnAssign)]) == len(NAMED)


def test_every_name_has_its_texts_and_every_text_its_name() -> None:
    wanted = {f"{code}{part}" for code in NAMED.values() for part in ("", ".hint", ".why")}
    for po in (po for po in catalogues() if po.stem == "definitions"):
        assert {str(one.id) for one in read(po) if CODE.match(str(one.id))} == wanted


def test_every_name_is_used() -> None:
    attributes = {node.attr for path in sources() for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
    imported = {
        alias.name for path in sources() for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert set(NAMED) - attributes - imported == set()
