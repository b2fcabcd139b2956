"""From paths or a text to tracks, indicators and tests, or to everything that is wrong with them.

The author of a file is never answered by an exception: what cannot be read comes back as findings with a place, a message and a
remedy. A file may name others (`based_on`, `transfers`, indicators, `test`); they are found among the given paths, in its own
folder, or among the tracks in force.

Primitives:
    loader.load_paths, loader.load_text: the two ways in; both answer with `loader.Loaded`, one for each file.
    document.ParsedFile: a file parsed as YAML, its meaning not yet read; `document.files_of` lists what lies in folders.
    catalogue.TrackLibrary: what a file may name.
    parallel.check_paths: findings only, with many files shared out over the processors.
    suite.parse_suite, test_files.load_suites: a track's own tests.
    single_step.load_step: one further step for a track that exists.

May import: every room of `definitions` but `reference` and `reporting`. May not: `tracks`; the tracks in force are an argument.

Commonest changes:
    A rule about a track as a whole: not here but in `definitions.checks`, where `checks.track.CHECKS` lists them.
    A rule that needs other files: `loader._violations`.
    A finding that only follows from another: `consequential_findings`.
    Another kind of file: `document.ParsedFile` tells kinds apart, `loader.interpret` reads each.
"""
