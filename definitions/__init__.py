"""What a track is: the YAML language. A track is declared here; what happens on it stands in `tracks`.

A file goes upwards through the rooms: `source` makes nodes with places of its text, `parsing` makes the model of the nodes, with
`conditions` for what is asked of facts, `checks` finds what no schema can say, and `loading` answers the track or its findings.
`reporting` shows findings, `reference` explains the language, and `scenarios` reads the tests that stand beside a track.

Primitives:

- `loading.loader.load_paths`, `load_text`: tracks and findings of files; never raises for what an author wrote.
- `model.track.Track`: a declared track, frozen and inert.
- `model.vocabulary`: the Swedish and the English name of every key and code, once.
- `model.calendar`: dates, lengths and working days (`SE/1`).
- `source.diagnostics.Diagnostic`, `source.findings`: a finding with its place, and the names of all codes.
- `model.catalogues.catalogue`: the texts that people read, by key and language.
- `progress.WorkProgress`: what all rooms tell how far long work has come; it knows no room.
- `systems.UNIX`, `systems.lock`: what Unix and Windows do differently; nothing else names what one of them alone has.

It knows nothing of people, events, databases or commands, and imports no other package of the project.

Where to go: a new key, `model/vocabulary.py`, `model/track.py` and the module of `parsing` for its section; a new rule on tracks,
`checks`; a new word in conditions, `conditions/type_checker.py`; a text, the catalogues in `locales`; an example for `explain`,
`reference/examples`. The language itself is told by `language.md` and `spraket.md`.
"""
