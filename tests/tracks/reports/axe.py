"""The accessibility rules of axe-core, run in a page that is open: they are read as a file, and fetch nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.tracks.reports.devtools import Browser

RULES: Final = Path(sys.prefix, "share", "axe", "axe_playwright_python", "axe.min.js")  # where `make` puts it
_LEVELS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SAID: Final = """.then(found => JSON.stringify({
  broken: found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 120))]),
  kept: found.passes.map(rule => rule.id)}))"""


def audit(browser: Browser) -> dict[str, Any]:
    """The rules of WCAG 2.2 AA and good practice that are `broken`, each with where, and those that are `kept`."""
    browser.ask(f"{RULES.read_text('utf-8')}; true")
    wanted = json.dumps({"runOnly": _LEVELS, "resultTypes": ["violations"]})
    return dict(json.loads(browser.ask(f"axe.run(document, {wanted}){_SAID}")))
