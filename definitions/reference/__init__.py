"""The language explained: what `explain`, the manual, the JSON Schema and `fmt` are made of.

Everything here is worked out of the tables that the loader itself uses (`definitions.model.vocabulary` and `value_types`), so that it
cannot say anything else than what is read. What it adds stands in two places: sentences in the catalogue `definitions`, and examples
in YAML files.

Primitives:
    explain.explain, explain.overview: what a code, key, word or rule means; all of them in short.
    manual.render_manual: the whole reference as Markdown, which is kept as `definitions/language.md` and `definitions/spraket.md`.
    json_schema.build_schema: the schema for editors; `json_schema_values` has the single values.
    translate.translate: a file with its keys and words in the other language, all else byte for byte; `translate_values` and
    `translate_cases` translate what stands in it.
    example_files: reads `examples/*.yaml`, each file when something in it is asked for.
    word_tables.WORD_TABLES: the words by table.

May import: `loading` and all that is below it. May not: `reporting`, which imports this room for SARIF.

Commonest changes:
    A new code: its texts `JS###`, `JS###.hint` and `JS###.why` in the catalogue; a bad and a good text in `examples/JS#xx.yaml`.
    A new key or word: an example in `examples/keys.yaml` or `words.yaml`; a sentence of tests: `sentences.yaml`.
    A new form of value: its schema in `json_schema_values.VALUES` and its reader in `translate_values`.
    A new rule of the language: its text in the catalogue, its number in `explain.RULES`.
    After any of these: `jobbspar explain --all --lang LANG` into the two references; a test compares them.
"""
