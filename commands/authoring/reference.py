"""To know the language: `explain`, `schema`, `fmt`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from commands.authoring.check_apply import Paths
from commands.runtime import errors
from commands.runtime.output import clean, machine_out, print_findings, print_message
from definitions.model.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.runtime.context import CommandContext
    from definitions.loading.loader import Loaded
    from definitions.model.vocabulary import Lang


def explain(
    ctx: Context,
    name: Annotated[list[str] | None, Argument(metavar="KEY|CODE")] = None,
    *,
    everything: Annotated[bool, Option("--all")] = False,
) -> None:
    """What a code, a key, a word or a rule means; without a name all keys and codes in short, or the whole reference."""
    from commands.wording.glossary import glossary_words
    from definitions.reference.explain import overview, suggest_name

    if everything:
        from definitions.reference.manual import render_manual

        machine_out().write(render_manual(ctx.obj.lang))
        return
    asked = " ".join(name or ())
    told = _all_of(asked, ctx.obj.lang) if name else overview(ctx.obj.lang)
    if told is None:
        meant = suggest_name(asked, glossary_words())
        raise errors.NOT_KNOWN_NEAR(name=asked[:40], near=meant) if meant else errors.NOT_KNOWN(name=asked[:40])
    sys.stdout.write(clean(told))


def _all_of(asked: str, lang: Lang) -> str | None:
    """What a name is in the language, and what it is in the log; None where it is neither."""
    from commands.importing.columns import describe_columns
    from commands.wording.glossary import describe_word
    from definitions.reference.explain import explain as explained

    found = [
        *filter(None, [explained(asked, lang)]),
        *(f"{told}\n" for told in [*describe_word(asked, lang), *describe_columns(asked, lang)]),
    ]
    return "\n".join(found) or None


def schema(ctx: Context) -> None:
    """The language as JSON Schema."""
    machine_out().write(schema_text(ctx.obj.lang))


def schema_text(lang: Lang) -> str:
    """The JSON Schema as it stands in a file."""
    import json

    from definitions.reference.json_schema import build_schema as schema_of

    return json.dumps(schema_of(lang), ensure_ascii=False, indent=1) + "\n"


def fmt(ctx: Context, paths: Paths, *, check: Annotated[bool, Option("--check")] = False) -> int:
    """Keys and words in one language; nothing else is touched."""
    from commands.authoring.check_apply import load_files
    from definitions.reporting.formats import has_errors

    work = ctx.obj
    before = load_files(work, paths, tests=True)
    if has_errors(before):
        print_findings(before, work, sys.stderr)
        return ExitCode.USAGE
    # All is rewritten in memory and compared before the first file is touched.
    changed = _rewritten(work, before)
    _same_meaning(work, paths, before, changed)
    for path, new in changed.items():
        if not check:
            _replace(path, new)
        print_message("fmt.would" if check else "fmt.done", work, path=path)
    if not changed:
        print_message("fmt.same", work)
    return ExitCode.FINDINGS if check and changed else 0


def _replace(path: str, text: str) -> None:
    """Write a file anew where it really lies, with the rights that it had."""
    from pathlib import Path

    from commands.runtime.atomic_files import write_file

    # A rename would replace a link by a file, and a new file has the rights of the umask.
    real = Path(path).resolve()
    mode = real.stat().st_mode
    write_file(real, text)
    real.chmod(mode)


def _rewritten(work: CommandContext, files: Sequence[Loaded]) -> dict[str, str]:
    """The new text of each file that changes."""
    from pathlib import Path

    from definitions.reference.translate import translate

    found = {}
    for one in files:
        # As bytes, because reading as text would turn the line ends of a file from Windows.
        old = Path(one.path).read_bytes().decode("utf-8")
        new = translate(old, work.lang)
        if new != old:
            found[one.path] = new
    return found


def _same_meaning(work: CommandContext, paths: Sequence[str], before: Sequence[Loaded], changed: Mapping[str, str]) -> None:
    """Raise NOT_REWRITTEN, before anything is written, if a track would mean something else."""
    from commands.authoring.check_apply import load_files

    after = {one.path: one for one in load_files(work, paths, changed, tests=True)} if changed else {}
    for one in before:
        if _meaning(after.get(one.path, one)) != _meaning(one):
            raise errors.NOT_REWRITTEN(path=one.path)


def _meaning(one: Loaded) -> object:
    return one.track.meaning() if one.track else one.suite.cases if one.suite else one.indicator
