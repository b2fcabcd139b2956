"""What a track is: frozen values, the words of the language, the calendar, and the texts that people read.

The lowest room of all. Everything above builds, checks, explains or runs the values that are defined here.

Primitives:
    track.Track: a whole track, every name in English and every default filled in; its parts stand beside it.
    values.ModelValue, values.plain: what the parts of a track are, and how they become plain JSON values.
    serialization.restore, stored_track.parse_stored_track: the ways back, for event data and for stored tracks.
    vocabulary: every key, word and code of the language with its Swedish name; `value_types` says what each key takes.
    calendar: lengths of time and Swedish working days (rules R1-R4).
    catalogues.message: the text of a key in a language, out of gettext.
    words: the door for text from outside, and the types that only it makes: `words.parse_text`, `words.parse_name`, `words.parse_ref`,
        `words.parse_note`, `words.parse_personal_number`. What is one of them is composed, bounded and visible, and what is no note and
        no number has nothing like a personal number in it. The log takes no text of a person's that is none.
    personal_numbers: what looks like a personal number, and where in a text; drawn references.
    fact_values, spelling: what facts may say, "did you mean".
    step_order, exit_order: what waits for what, and what exit cuts off.

May import: the standard library; `stored_track` alone imports pydantic. May not: any other room, YAML, the file system (but for
the catalogues), the clock.

Why plain dataclasses and not pydantic:
    The readers in `definitions.parsing` have already checked every word when a `Track` is built, and have told each fault by its
    line, column, nearest known name and remedy, in the author's language; pydantic would check the same values once more and could
    say none of that. Nor can it generate the schema that editors use: files are written with keys in two languages and with values
    such as `2 veckor`, while the model holds `Length(2, "weeks")`. And `check` is short enough for the import to be felt. Measured
    as processor time with both states in one run (made tracks, two shared cores, 12 and 4 rounds): with `pydantic.dataclasses`
    and `defer_build`, `check` of one track of 30 steps costs 1.8 times as much (157 ms to 277 ms; 1.6 to 1.9), of a thousand
    tracks 1.2 times (1.1 to 1.3); with plain dataclasses that one deferred `TypeAdapter` validates whole, 1.6 times (1.5 to 1.7)
    and 1.2 times (1.1 to 1.3). At most 1.3 was to be paid. So pydantic stands where text comes from outside the process and
    no reader has seen it: `stored_track`. The engine, which must stay pure, restores single values with `serialization`.

Commonest changes:
    A new key: its Swedish name in `vocabulary.KEYS`, its section in `vocabulary.SECTIONS`, its form in `value_types`, a field in
    `track`, its reader in `definitions.parsing`, its example in `definitions/reference/examples/keys.yaml`.
    A new word of a table: the table in `vocabulary`, its text `word.TABLE.WORD` in the catalogue, an example in `words.yaml`.
    A new text: a key in both catalogues under `definitions/locales`, and `message(key, lang)` where it is needed.
    A holiday: `calendar`, and its test beside the package `holidays`.
"""
