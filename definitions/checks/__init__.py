"""Checks: what a track must fulfil beyond the form of its values.

One rule is one function from a track to its violations. The name of the function states what holds of a track that is right; its
docstring is its manual: the rule with its R-number, the name of its finding, why it stands, and what to do about it. Rules know
nothing of files: a violation names its place as a path of English keys and ids, which is looked up in the nodes afterwards.

Primitives:
    violation.Violation: a finding and its path.
    violation.locate: a violation -> its place in a file.
    track.CHECKS: every rule, in the order in which they are asked.
    track, steps, goals, law: the rules, by what they are about; those of `law` are warnings and stop nobody.

May know `model`, `conditions` and the nodes and findings of `source`. It does not know how a track was parsed or loaded.

Where to go:
    a new rule: a function in the module of its subject, its place in that module's tuple, and its finding as `source` says.
    a word that should be seen as language, health or a diagnosis: the patterns of `law`.
    a finding that stands at the wrong place: the path in its rule, or `violation.locate`.
"""
