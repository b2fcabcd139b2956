"""Conditions: the small language of `requires`, `when` and `counts`, from text to an answer about one participant.

A condition is written in Swedish or English, parsed to a tree, type-checked against the facts, steps and employers of its track,
and kept as its one canonical English text. Only that text is stored. To be asked, it is compiled to closures that answer true,
false or unknown (R47); no text is ever evaluated as code.

Primitives:
    parser.parse: text -> tree, or ConditionError with the first `Problem`.
    ast.Tree: the leaves `Alone`, `FactKnown`, `Lasted`, `InTrack` and `Compare`, joined by `Not`, `All` and `Some`.
    ast.canonical, ast.render: a tree -> its canonical text, or its text in a language.
    type_checker.check: a tree and its `Scope` -> the tree with codes, and every problem.
    compiler.compile_rule: canonical text -> `Rule`, which answers, says what is missing, and when time alone changes the answer.
    environment.Env: what a rule is asked of.
    references, possible_values: what a rule asks about, and which answers it can give, without compiling it.

May know `definitions.model` and the names of findings. `compiler`, `evaluator`, `environment`, `ast` and `references` are a part of
deciding and stay pure: no file, no clock, no catalogue.

Where to go:
    a new function or built-in fact: its words in `model.vocabulary`, a leaf in `ast`, its form in `parser`, its types in
        `type_checker`, its meaning in `evaluator`, and what is asked of a participant in `environment`.
    a mistake that people make in conditions: `parser` for its form, `type_checker` for names and values.
    when an answer changes by the calendar: `evaluator.build_turn`.
"""
