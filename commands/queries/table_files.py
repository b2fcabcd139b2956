"""Rows as files for other systems: CSV and CloudEvents. Nothing in them is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from commands.runtime.output import harmless, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Rows = Sequence[Mapping[str, Any]]


def as_csv(rows: Rows, columns: Sequence[str]) -> str:
    """Rows as CSV; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([harmless(row.get(name)) for name in columns] for row in rows)
    return file.getvalue()


def as_cloudevents(rows: Rows) -> str:
    """Rows as CloudEvents 1.0, one in JSON a line; the place in the log is the id, so that one sent twice is known."""
    return "".join(json.dumps(_cloudevent(row), ensure_ascii=False) + "\n" for row in rows)


def _cloudevent(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"{row['stream']}/{row['seq']}",
        "source": f"/jobbspar/{quote(row['track'])}",
        "type": f"jobbspar.{row['kind']}",
        "time": row["recorded"],
        "subject": row["stream"],
        "datacontenttype": "application/json",
        "data": plain({name: row[name] for name in ("step", "attempt", "effective", "actor", "version", "stands", "data")}),
    }
