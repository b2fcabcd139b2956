"""The files that come with the program: first texts of a workspace, and the example tracks."""

from __future__ import annotations

from pathlib import Path


def shipped_text(name: str) -> str:
    """The text of a file that is shipped inside the package `commands`."""
    from importlib.resources import files

    return files("commands").joinpath(name).read_text(encoding="utf-8")


def examples() -> Path:
    """The folder of the example tracks."""
    import commands
    import definitions

    # In a clone the examples stand beside the packages; a wheel carries them inside one, because a wheel installs packages only.
    places = (Path(commands.__file__).parent.parent / "examples", Path(definitions.__file__).parent / "_examples")
    return next((place for place in places if (place / "jobbnatet").is_dir()), places[-1])
