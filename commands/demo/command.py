"""`demo`: the whole product at work on the seven systems, in a workspace of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from typer import Argument, Context, Option

from commands.app.options import Engine
from commands.runtime import errors
from definitions.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from commands.demo.cohorts.registry import Cohort

ENGINES: Final = ("prefect", "local")
# The figures of the README and of the tests are those of this seed.
SEED: Final = 2026


def demo(
    ctx: Context,
    folder: Annotated[str, Argument(metavar="DIR")] = "demo",
    *,
    again: Annotated[bool, Option("--again")] = False,
    engine: Engine = None,
    only: Annotated[list[str] | None, Option("--only", metavar="SYSTEM")] = None,
) -> int:
    """A workspace with the seven systems, run through years of virtual time."""
    from pathlib import Path

    from commands.demo.results import show
    from commands.demo.run import Demo, run
    from flows.prefect_settings import default_engine

    engine = engine or default_engine()
    if engine not in ENGINES:
        raise errors.BAD_CHOICE(name="--engine", choices=", ".join(ENGINES), value=engine[:20])
    order = Demo(Path(folder).absolute(), engine, ctx.obj.lang, SEED, _systems(only or ()), again, ctx.obj.progress)
    played = run(order)
    show(played, order)
    return ExitCode.SERVER if played.lost else 0


def _systems(only: list[str] | tuple[()]) -> tuple[Cohort, ...]:
    from commands.demo.cohorts.registry import COHORTS

    known = {cohort.folder: cohort for cohort in COHORTS}
    for name in only:
        if name not in known:
            raise errors.BAD_CHOICE(name="--only", choices=", ".join(known), value=name[:40])
    return tuple(cohort for cohort in COHORTS if not only or cohort.folder in only)
