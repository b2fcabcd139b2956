"""Source: from the bytes of a file to nodes with places, and the findings that everything above records.

A file comes in as bytes or text and leaves as a tree of mappings, lists and texts, each with its line and column. Nothing is known
here of what a track means; every scalar stays text. Reading never raises for what somebody wrote: what is wrong becomes a finding,
and what can be read with certainty is read all the same.

The way of a text: `reader` decodes it and ends its lines alike; `fast_composer` composes what is ordinary; all else goes through
`fallback`: `sanitizer` takes strange characters out (`text_patch` leads back to the place as written), `strict_composer` reads
event by event and counts depth and size; where that meets a break, `yaml_fault` and `flow_fault` say what it is, and `recovery`
reads the text without the part that it stands in.

Primitives:
    reader.read_path, reader.read_text: a file or a text -> `nodes.Read`, the mapping at the top and its findings.
    nodes.Map, nodes.List, nodes.Scalar: what a file holds; a span is worked out when it is asked for.
    nodes.SourceText: the text behind the nodes, which turns marks of the YAML reader into places.
    diagnostics.Diagnostic, diagnostics.Span: a finding and its place, lines and columns from 1.
    findings: the name of every finding, `UNKNOWN_KEY` for JS043.

May know `definitions.model` (vocabulary, spelling, catalogues) and PyYAML, and nothing else of the project.

Where to go:
    a new finding: a name in `findings`, its texts `JSnnn`, `JSnnn.hint` and `JSnnn.why` in both catalogues, a pair of examples in
        `definitions/reference/examples`, and a file in `tests/definitions/loading/broken`; a warning also in `diagnostics.WARNINGS`.
    a mistake of YAML that is told badly: a rule in `yaml_fault`, or in `flow_fault` where brackets stand open.
    a character that pasting leaves behind: `sanitizer`; a letter that only looks Latin: `homoglyphs`.
    another bound of size or depth: `nodes` and `reader`; `tests/definitions/source/bombs.py` holds what must stay harmless.
"""
