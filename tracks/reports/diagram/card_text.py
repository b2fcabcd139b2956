"""What stands on the cards of a picture: a step in a few short lines, and where each of its results leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracks.engine.context.plan import predecessors
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.phrasing import Speech, code, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Action, ActionKind, Start, Step, Track, Transfer
    from definitions.model.values import Point
    from definitions.model.vocabulary import Lang

PROPOSED: Final = frozenset({"end", "transfer"})


@dataclass(frozen=True, slots=True)
class Branch:
    """What follows one result, in words, and the key of the card that it leads to; none where a person decides."""

    text: str
    kind: ActionKind
    to: str = ""

    @property
    def proposed(self) -> bool:
        """Whether it is only a proposal, which a person decides on (rule R20)."""
        return self.kind in PROPOSED


def away(transfer: str) -> str:
    """The key of the card that a transfer leads to."""
    return f":to:{transfer}"


EXIT: Final = ":exit"


class CardTeller:
    """Tells the cards of one track; those that `hang` under another need not name it."""

    def __init__(self, track: Track, lang: Lang, *, hang: bool = True) -> None:
        self.track, self.lang, self.hang, self.speech = track, lang, hang, Speech(track, lang)
        self.chain = tuple(step for step in track.steps if not step.beside)
        self.number = {step.id: number for number, step in enumerate(self.chain, 1)}
        self.before = predecessors(track)

    def _say(self, key: str, **values: object) -> str:
        return message(key, self.lang, **values)

    def admission(self) -> Iterator[str]:
        """How people come in, and how many at a time (rules R36, R40)."""
        intake = self.track.intake
        if intake.rolling:
            yield self._say("g.rolling")
            if intake.places is not None:
                yield self._say("g.rolling.places", places=intake.places)
        yield from map(self._start, intake.starts)

    def _start(self, start: Start) -> str:
        places = start.places if start.places is not None else self.track.intake.places
        minimum = self.track.intake.minimum_of(start)
        parts = [self._say("g.start", day=phrasing.day(start.date, self.lang))]
        parts += [self._say("g.places", places=places)] if places is not None else []
        parts += [self._say("g.minimum", count=minimum)] if minimum > 1 else []
        parts += [self._say("g.at", employers=listed(map(self.speech.employer, start.employers), self.lang))] if start.employers else []
        return ", ".join(parts)

    def step(self, step: Step, above: str = "") -> Iterator[str]:
        """A step in short lines; `above` is the chain step that stands over it, which need not be named."""
        yield from self._what(step)
        yield from self._order(step, above)
        if step.when:
            yield self._say("g.when", condition=self.speech.conditions(step.when))
        if step.requires:
            yield self._say("g.requires", condition=self.speech.conditions(step.requires))
        yield from self._where(step)
        if step.phases:
            yield self._say("g.phases", phases=" → ".join(map(phrasing.plain, step.phases)))

    def _what(self, step: Step) -> Iterator[str]:
        kind = code("steptype", step.type, self.lang)
        parts = [kind] if kind.casefold() != step.name.casefold() else []
        parts += [phrasing.length(step.length, self.lang)] if step.length else []
        parts += [self._say("g.hours", hours=step.hours_per_week)] if step.hours_per_week else []
        parts += [self._say(f"g.subject.{step.subject}")] if step.subject != "participant" else []
        if parts:
            yield ", ".join(parts)

    def _order(self, step: Step, above: str) -> Iterator[str]:
        waits = self.before.get(step.id, ())
        if step.beside:
            yield " ".join(self._points(step))
        elif waits != ((above,) if above else ()):
            yield self._say(
                "g.after", steps=listed((str(self.number[name]) for name in waits), self.lang) if waits else self._say("g.point.admission")
            )
        if step.start_within:
            yield self._say("g.within", length=phrasing.length(step.start_within, self.lang))
        if step.starts:
            yield self._say("g.dates", days=listed((phrasing.day(one, self.lang) for one in step.starts), self.lang, "or"))

    def _points(self, step: Step) -> Iterator[str]:
        """Between which points a step beside the chain goes on (rules R25, R30, R31)."""
        if step.alongside:
            yield self._say("g.alongside" if self.hang else "g.alongside.of", step=self.speech.step(step.alongside))
            return
        if step.when_needed:
            yield self._say("g.needed").lower()
        else:
            yield self._say("g.from", point=self._point(step.begins, hangs=self.hang) if step.begins else self._say("g.point.admission"))
        if step.until or not (step.length or step.when_needed):
            yield self._say("g.until", point=self._point(step.until) if step.until else self._say("g.point.exit"))

    def _point(self, point: Point, *, hangs: bool = False) -> str:
        if point.step:
            anchor = self._say(f"g.point.{point.anchor}.{'the' if hangs else 'of'}", step=self.speech.step(point.step))
        else:
            anchor = self._say(f"g.point.{point.anchor}")
        offset = point.after or point.before
        if offset is None:
            return anchor
        return message(
            "point.after" if point.after else "point.before", self.lang, length=phrasing.length(offset, self.lang), anchor=anchor
        )

    def _where(self, step: Step) -> Iterator[str]:
        each = [self._say("g.places.each", employer=self.speech.employer(name), places=n) for name, n in step.employer_places.items()]
        if step.employers:
            yield self._say("g.at", employers=listed(map(self.speech.employer, step.employers), self.lang, "or"))
        elif step.needs_employer and not each:
            yield self._say("g.at.any")
        if step.places is not None:
            yield self._say("g.places", places=step.places)
        yield from each

    def branches(self, step: Step) -> Iterator[Branch]:
        """What each result leads to that the track says something of (rules R19-R23)."""
        for result, action in step.on_result.items():
            text = self._say("g.result", result=code("result", result, self.lang), action=self.action(action))
            yield Branch(text, action.kind, self._target(step, action))

    def _target(self, step: Step, action: Action) -> str:
        return {"goto": action.target or "", "retry": step.id, "end": EXIT, "transfer": away(action.target or "")}.get(action.kind, "")

    def action(self, action: Action | None) -> str:
        """What a result leads to."""
        if action is None:
            return self._say("g.action.ask")
        if action.kind in ("goto", "retry"):
            times = message("times.one" if action.at_most == 1 else "times.more", self.lang, count=action.at_most)
            return self._say(f"g.action.{action.kind}", step=self.named(action.target or ""), times=times, then=self.action(action.then))
        if action.kind == "transfer":
            transfer = self.track.transfers.get(action.target or "")
            return self._say("g.action.transfer", to=transfer.to if transfer else action.target)
        return self._say(f"g.action.{action.kind}")

    def named(self, step: str) -> str:
        """A step by its number and name."""
        return f"{self.number[step]} {self.speech.step(step)}" if step in self.number else self.speech.step(step)

    def transfer(self, transfer: Transfer) -> Iterator[str]:
        """When a person may be transferred."""
        if transfer.requires:
            yield self._say("g.transfer.requires", condition=self.speech.conditions(transfer.requires))
