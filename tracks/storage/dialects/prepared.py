"""Core statements for tuples: compiled once to the text and the order of parameters that the driver takes.

SQLAlchemy's own execution costs more for each row than SQLite does: an advance writes some hundred thousand rows, and they go to the
driver as tuples. What the statement says stands in Core all the same, over the tables.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Engine
    from sqlalchemy.sql.elements import ClauseElement

    from tracks.storage.dialects.protocol import Dialect

_BEFORE: Final = "of_"
# Of how many places on an itemgetter answers a tuple.
_PICKED: Final = 2


class Prepared:
    """A statement whose values come as a tuple, in the order of `names`; there may be more of them than it has parameters.

    In an UPDATE a parameter that is compared is named `of_COLUMN`, because `COLUMN` names what is set; its value is that of `COLUMN`.
    """

    def __init__(self, core: Callable[[Dialect], ClauseElement], names: Sequence[str] = ()) -> None:
        self._core, self._names = core, tuple(names)
        self._compiled: dict[str, tuple[str, Callable[[Any], Any]]] = {}

    def bound(self, dialect: Dialect, engine: Engine) -> tuple[str, Callable[[Sequence[Any]], tuple[Any, ...]]]:
        """Answer the text for the driver, and what puts the values of one row in its order."""
        name = engine.dialect.name
        if name not in self._compiled:
            self._compiled[name] = self._compile(dialect, engine)
        return self._compiled[name]

    def _compile(self, dialect: Dialect, engine: Engine) -> tuple[str, Callable[[Any], Any]]:
        compiled: Any = self._core(dialect).compile(dialect=engine.dialect)
        # What Core adds of its own, as the offset of a LIMIT, follows the values of the row.
        own = {name: value for name, value in compiled.params.items() if value is not None and name not in self._names}
        names = (*self._names, *own)
        order = [names.index(name if name in names else name.removeprefix(_BEFORE)) for name in compiled.positiontup]
        extra = tuple(own.values())
        if order == list(range(len(self._names))):
            return str(compiled), tuple
        if extra or len(order) < _PICKED:
            return str(compiled), lambda row: tuple([(*row, *extra)[at] for at in order])
        return str(compiled), itemgetter(*order)
