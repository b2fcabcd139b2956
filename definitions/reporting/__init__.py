"""Findings as they are shown: text with an excerpt for people, JSON, SARIF and annotations of a code host for programs.

Primitives:
    formats.FORMATS: the renderer of each form by its name, as `check --format` takes it.
    text.render_text, text.Look: the form for people, and the window that it is fitted to.
    sarif.render_sarif: the form for code hosts and editors.
    formats.has_errors: whether any file is refused.

May import: every room of `definitions`. May not: `tracks`, and nothing that prints: these functions return text.

Commonest changes:
    A new form: a function from loaded files and a language to text, in `formats.FORMATS`.
    What a finding says: not here but in the catalogue `definitions`, under its code.
    How an excerpt is cut or marked: `text.FindingRenderer.excerpt`.
    What SARIF says of a code: `definitions.reference.explain.build_sarif_rule`.
"""
