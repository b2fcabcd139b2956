"""Parsing: from nodes to a track, with a finding for everything that cannot be read.

A reader is a function of a page and a node. It gives a value of the model, or None after it has recorded a finding on the page, so
that one mistake costs one value and all mistakes of a file are found at once. Only `fields.Full` is raised, at the hundredth finding.
Keys and words are read in Swedish and English side by side.

Primitives:
    fields.Page: one file while it is read: the author's language and the findings so far.
    fields.fields: a mapping of a section -> `Fields`, its values by English key; unknown, doubled and missing keys are recorded.
    fields.text, fields.ident, fields.word, fields.items, fields.texts: the readers that all others are made of.
    quantities: dates, lengths, points in time, numbers and sums.
    track.build: the mapping at the top of a file -> a track.
    suggestions.suggest: what a value that cannot be read was probably meant to be.

May know `source`, `conditions` and `model`. It does not open files, and does not ask whether a track as a whole makes sense: that is
for `checks`, which stands beside it and is not known here.

Where to go:
    a new key: `model.vocabulary` (its words and section), the field in `model.track`, and a reader in the module of its section:
        `steps`, `intake`, `goals`, `participants` or `track`.
    a new form of value: a reader in `quantities` or `fields`, and its guesses in `suggestions`.
    another proposal for a misspelt value: `suggestions`.
"""
