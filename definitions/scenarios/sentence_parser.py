"""Parses one sentence of a case: whom or what it is about, a phrase of the table, and what comes after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from definitions.model import vocabulary as v
from definitions.model.spelling import nearest
from definitions.scenarios import phrases
from definitions.scenarios.model import Sentence
from definitions.scenarios.scope import DATE, SentenceError, SentenceToken, tokens
from definitions.scenarios.sentence_arguments import (
    CHOICES,
    choice_words,
    fact_names,
    joined,
    parse_choice,
    parse_day,
    parse_detail,
    parse_fact,
    parse_length,
    parse_new_id,
)
from definitions.source import findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from definitions.scenarios.phrases import Phrase
    from definitions.scenarios.scope import Cast

_SHARED: Final = frozenset({"start", "employer", "start step", "employer step", "queue"})


def parse_statement(text: str, cast: Cast) -> Sentence:
    """Parse a sentence of `when`.

    Raises:
        SentenceError: It cannot be understood.

    """
    return _SentenceParser(text, cast, phrases.STATEMENTS, phrases.EXPECTATIONS).whole()


def parse_expectation(text: str, cast: Cast) -> Sentence:
    """Parse a sentence of `then`.

    Raises:
        SentenceError: It cannot be understood.

    """
    return _SentenceParser(text, cast, phrases.EXPECTATIONS, phrases.STATEMENTS).whole()


class _SentenceSubject(NamedTuple):
    """What stands before the phrase; `employer` is None where none is named."""

    people: tuple[str, ...] = ()
    step: str = ""
    start: str = ""
    employer: str | None = None

    @property
    def subject(self) -> str:
        """The kind of subject, as the phrases name it."""
        what = "employer" if self.employer is not None else "start" if self.start else ""
        return f"{what} step".strip() if self.step else what or "person"


class _SentenceParser:
    """Takes the words of one sentence from the left; every method raises SentenceError for what it cannot understand."""

    def __init__(self, text: str, cast: Cast, table: Sequence[Phrase], other: Sequence[Phrase]) -> None:
        self.cast, self.table, self.other, self.inner = cast, table, other, False
        found = tokens(text)
        # Only an expectation can be negated; `not` may stand anywhere in it, as it does in speech (`antas inte`).
        self.negated = table is phrases.EXPECTATIONS and any(token.negates for token in found)
        self.left = [token for token in found if not (self.negated and token.negates)]
        # What is missing at the end is marked under the last character, since nothing stands after it to be marked.
        self.end = SentenceToken("", max(0, len(text.rstrip()) - 1))

    @property
    def token(self) -> SentenceToken:
        """The next word; an empty one at the end."""
        return self.left[0] if self.left else self.end

    def take(self) -> SentenceToken:
        """The next word, taken."""
        return self.left.pop(0) if self.left else self.end

    def whole(self) -> Sentence:
        """Parse the sentence."""
        return replace(self.sentence(()), negated=self.negated)

    def sentence(self, people: tuple[str, ...]) -> Sentence:
        """Parse a sentence whose people may have been named before it."""
        about = self._about(people)
        phrase = self._phrase(about)
        data = self._after(phrase, about)
        inner, on = data.pop("sentence", None), data.pop("on", None)
        self._whom(phrase, about, inner)
        kind = phrase.kind
        # The engine has one fact for both: a length that is added, negative where the step becomes shorter.
        if kind == "shortened":
            kind, data["count"] = "lengthened", -data["count"]
        # What is taken back of a start or an employer was said of nobody.
        of_somebody = phrase.subject in ("person", "step") and kind not in phrases.OF_NOBODY and not (inner and not inner.people)
        who = about.people or (self.cast.everybody if of_somebody else ())
        return Sentence(kind, who, about.step, about.start, about.employer or "", on, {**phrase.more, **data}, inner=inner)

    def _about(self, people: tuple[str, ...]) -> _SentenceSubject:
        while self.token.text in self.cast.people:
            people += tuple(name for name in self.cast.people[self.take().text] if name not in people)
        word, following = v.code(self.token.text, phrases.SUBJECTS), self.left[1] if len(self.left) > 1 else None
        start, employer = "", None
        if word == "start" and following and DATE.fullmatch(following.text):
            self.take()
            start = parse_choice("start", self.left, self.end, self.cast, "")
        elif word == "employer":
            self.take()
            employer = parse_choice("employer", self.left, self.end, self.cast, "")
        step = self.take().text if self.token.text in self.cast.step_ids else ""
        return _SentenceSubject(people, step, start, employer)

    def _phrase(self, about: _SentenceSubject) -> Phrase:
        """Take the longest phrase that begins here; a result where a step has none."""
        if (found := self._match(self.table, about)) is not None:
            return found
        # `praktik klar` has no verb: the result itself is the phrase.
        if about.step and self.table is phrases.STATEMENTS and self.token.text in CHOICES["result"](self.cast, about.step):
            return next(one for one in phrases.RESULTS if one.subject == about.subject)
        raise self._not_understood(about)

    def _match(self, table: Sequence[Phrase], about: _SentenceSubject) -> Phrase | None:
        fitting = [one for one in table if one.subject == about.subject or (one.subject == "queue" and about.subject == "person")]
        # Phrases may begin alike (`start`, `start late`), so the longest is tried first.
        longest = sorted(
            ((len(words.split()), words, one) for one in fitting for words in (one.english, one.swedish)), key=lambda row: -row[0]
        )
        for count, words, one in longest:
            if [token.text for token in self.left[:count]] == words.split():
                del self.left[:count]
                return one
        return None

    def _not_understood(self, about: _SentenceSubject) -> SentenceError:
        token, lang = self.token, self.cast.lang
        known = list(dict.fromkeys(one.words(lang) for one in self.table if one.subject == about.subject))
        if about.step and self.table is phrases.STATEMENTS:
            known = [*choice_words("result", self.cast, about.step), *known]
        if not token.text:
            return SentenceError(findings.INCOMPLETE_SENTENCE, token, known=v.listed(known))
        # `stödbehov=stort` alone is what people write who mean that somebody states a fact.
        if token.name and about == _SentenceSubject():
            return SentenceError(findings.MISSING_SENTENCE, token, found=token.text)
        if (one := self._match(self.other, about)) is not None:
            meant, key = phrases.counterpart(one, lang), v.key(self._other_key, lang, "case")
            return SentenceError(findings.SENTENCE_OF_ANOTHER_KEY, token, found=one.words(lang), key=key, suggestion=meant)
        left = [*self.left]
        if not about.step and (one := self._match(self.table, about._replace(step="?"))) is not None:
            phrase = joined(left[: len(left) - len(self.left)])
            # Whoever names the step, but after the words, sees them the right way round.
            meant = f"{self.token.text} {one.words(lang)}" if self.token.text in self.cast.step_ids else ""
            steps = v.listed(self.cast.step_ids)
            return SentenceError(findings.STEP_STANDS_FIRST, phrase, found=one.words(lang), known=steps, suggestion=meant)
        names = [] if about.step else [*(name for name in self.cast.people if name), *self.cast.step_ids]
        near = nearest(token.text, [*known, *names]) or nearest(self._two_words(), known) or ""
        return SentenceError(findings.UNKNOWN_SENTENCE, token, found=token.text, known=v.listed([*known, *names]), suggestion=near)

    def _two_words(self) -> str:
        return " ".join(token.text for token in self.left[:2])

    @property
    def _other_key(self) -> str:
        return "then" if self.table is phrases.STATEMENTS else "when"

    def _whom(self, phrase: Phrase, about: _SentenceSubject, inner: Sentence | None) -> None:
        """Check that a sentence says whom it is about, where there are several people."""
        alone = len(self.cast.everybody) == 1
        if phrase.subject not in _SHARED and not (alone or about.people or inner) and phrase.kind not in phrases.OF_NOBODY:
            raise SentenceError(findings.AMBIGUOUS_PERSON, SentenceToken("", 0), known=v.listed(name for name in self.cast.people))

    def _after(self, phrase: Phrase, about: _SentenceSubject) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for form in phrase.takes:
            data.update(self._taken(form, about))
        if "sentence" not in data:
            data.update(self._details(phrase, about))
        return data

    def _taken(self, form: str, about: _SentenceSubject) -> dict[str, Any]:
        name = form.removesuffix("?")
        # A word that may be left out is not looked for where a detail or a day stands.
        if name != form and (not self.left or self.token.name or DATE.fullmatch(self.token.text)):
            return {}
        if name in CHOICES:
            return {name: parse_choice(name, self.left, self.end, self.cast, about.step)}
        if name == "length":
            return parse_length(self.left, self.end)
        own: Mapping[str, Callable[[], Any]] = {
            "sentence": lambda: self.inside(about),
            "people": lambda: tuple(self._people()),
            "new": lambda: parse_new_id(self.take(), self.cast, inside=self.inner),
            "date": lambda: parse_day(self.take()),
            "texts": lambda: tuple(self._texts()),
        }
        return {name: own[name]()}

    def inside(self, about: _SentenceSubject) -> Sentence:
        """Parse a sentence inside another, which is one of what people say."""
        if not self.left:
            raise SentenceError(
                findings.INCOMPLETE_SENTENCE,
                self.end,
                known=v.listed(one.words(self.cast.lang) for one in phrases.STATEMENTS if one.subject == "person"),
            )
        inner = _SentenceParser("", self.cast, phrases.STATEMENTS, phrases.EXPECTATIONS)
        # The inner sentence takes its words off the same list, so that its findings have their place in the outer one.
        inner.left, inner.end, inner.inner = self.left, self.end, True
        return inner.sentence(about.people)

    def _people(self) -> Iterator[str]:
        while self.left:
            token = self.take()
            if token.text not in self.cast.people:
                known = [name for name in self.cast.people if name]
                raise SentenceError(
                    findings.UNKNOWN_VALUE, token, found=token.text, known=v.listed(known), suggestion=nearest(token.text, known) or ""
                )
            yield from self.cast.people[token.text]

    def _texts(self) -> Iterator[str]:
        if not self.left:
            raise SentenceError(findings.INCOMPLETE_SENTENCE, self.end, known="…")
        while self.left:
            yield self.take().text

    def _details(self, phrase: Phrase, about: _SentenceSubject) -> dict[str, Any]:
        """Take what is left: `name=value`, and in what people say the day that it is about."""
        data: dict[str, Any] = {}
        facts: dict[str, Any] = {}
        while self.left:
            token = self.take()
            if token.name and (found := parse_detail(token, phrase.details, self.cast, about.step)):
                data[found[0]] = found[1]
            elif token.name and phrase.facts and (stated := parse_fact(token, self.cast)):
                facts[stated[0]] = stated[1]
            elif DATE.fullmatch(token.text) and self.table is phrases.STATEMENTS and "on" not in data:
                data["on"] = parse_day(token)
            else:
                raise self._left_over(token, phrase)
        if phrase.kind == "stated" and not facts:
            raise SentenceError(findings.INCOMPLETE_SENTENCE, self.end, known=v.listed(f"{name}=…" for name in fact_names(self.cast)))
        return {**data, **({"facts": facts} if facts else {})}

    def _left_over(self, token: SentenceToken, phrase: Phrase) -> SentenceError:
        lang = self.cast.lang
        names = [v.word(name, phrases.DETAILS, lang) for name in phrase.details] + (fact_names(self.cast) if phrase.facts else [])
        near = nearest(token.name, names) if token.name else None
        known = v.listed(f"{name}=…" for name in names)
        return SentenceError(findings.NOT_PART_OF_SENTENCE, token, found=token.name or token.text, known=known, suggestion=near or "")
