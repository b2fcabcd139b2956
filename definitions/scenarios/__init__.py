"""A track's own tests as a language: given people, when something is said, then something follows.

This room parses the sentences and words them; it runs nothing. `tracks.scenarios` performs what is said on the engine and compares.

Primitives:
    model.Suite, model.ScenarioCase, model.ScriptLine, model.Sentence: a file of tests, a case, a sentence with its day, a sentence.
    phrases.STATEMENTS, phrases.EXPECTATIONS: every sentence there is, one table for what people say and one for what follows.
    case_parser.parse_cases: the cases of a file.
    sentence_parser.parse_statement, parse_expectation: one sentence; `sentence_arguments` parses the words after the phrase.
    scope.Cast: what a sentence may name; `scope.SentenceError`: what is wrong in one.
    event_sentences: an event, a todo or a status as the sentence that one would write.

May import: `parsing`, `checks`, `conditions`, `source`, `model`. May not: `loading`, `tracks`. `model`, `phrases`, `scope` and
`event_sentences` are used while tests run and stay pure: the contract "Deciding is pure" names them.

Commonest changes:
    A new sentence: a `Phrase` in one of the two tables, its text `word.said.…` or `word.expected.…` in the catalogue, an example in
    `definitions/reference/examples/sentences.yaml`; then what it does in `tracks.scenarios.actions` or `expectations`.
    A new word after a phrase: its choices in `sentence_arguments.CHOICES`, or its parser in `sentence_parser._taken`.
    A new detail `name=value`: its name in `phrases.DETAILS`, its value in `sentence_arguments.parse_detail`.
    A new key of a person: `vocabulary.SECTIONS`, `value_types`, and `case_parser._plain`.
"""
