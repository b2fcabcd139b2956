"""A line that can be typed in the workspace of `lived_in`, for every command that reads the database; those that ask come first."""

from __future__ import annotations

from typing import Final

LINES: Final = {
    "tracks": "tracks", "status": "status B1", "worklist": "worklist", "caseload": "caseload", "history": "history B1", "why": "why B1",
    "queue": "queue kö", "outcomes": "outcomes alone", "graph": "graph alone", "handbook": "handbook alone -o h.html",
    "report": "report alone -o r.html", "export": "export alone --what events -o e.csv", "verify": "verify", "find": "find",
    "apply": "apply t1.yaml", "import": "import p.csv --track alone", "offer": "offer kö", "enrol": "enrol alone Z1",
    "advance": "advance --engine local", "state": "state B1 --fact car=ja", "correct": "correct B1 1 --fact car=ja",
    "contact": "contact B1", "assign": "assign B1 coach Kim", "record": "record B1 plan klar", "begin": "begin B1 plan",
    "phase": "phase B1 plan a", "place": "place A1 praktik ab", "decide": "decide B1 plan nästa", "outcome": "outcome B1 arbete",
    "follow-up": "follow-up B1 avslut --outcome arbete", "deviate": "deviate B1 plan förläng '2 veckor' --reason annat",
    "select": "select A1 ab", "accept": "accept A1", "decline": "decline A1 --reason sjukdom", "except": "except A3 redo --reason skäl",
    "refuse": "refuse A2 --reason annat", "interest": "interest A2", "move": "move A2 2026-11-02", "start": "start kö 2026-10-05 confirm",
    "employer": "employer kö ab withdraw", "renumber": "renumber B2", "erase": "erase B2 1", "merge": "merge B1 B2",
    "protect": "protect B1", "rekey": "rekey --lost", "disclose": "disclose B1",
    "pause": "pause B1 --reason sjukdom --back 2026-10-01", "resume": "resume B1", "transfer": "transfer B1 af --reason annat",
    "interrupt": "interrupt B1 --reason sjukdom", "close": "close B1 --reason sjukdom", "misregister": "misregister B1 --reason annat",
}  # fmt: skip
# Those that ask no database, or look at it as one thing among others.
WITHOUT: Final = {"demo", "init", "doctor", "check", "test", "explain", "schema", "fmt", "up", "down", "db"}
