"""The text on the cards of a picture: a step in a few short lines, and where each of its results leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from definitions.model.exit_order import cut_by_exit
from tracks.engine.context.plan import predecessors
from tracks.reports.text import phrasing
from tracks.reports.text.catalogue import message
from tracks.reports.text.phrasing import TrackWording, code, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from definitions.model.track import Action, ActionKind, Start, Step, Track, Transfer
    from definitions.model.values import Point
    from definitions.model.vocabulary import Lang

PROPOSED: Final = frozenset({"end", "transfer"})


@dataclass(frozen=True, slots=True)
class CardBranch:
    """What follows one result, in words, and the key of the card that it leads to; no key where a person decides."""

    text: str
    kind: ActionKind
    to: str = ""

    @property
    def proposed(self) -> bool:
        """Whether it is only a proposal, which a person decides on (rule R20)."""
        return self.kind in PROPOSED


def transfer_key(transfer: str) -> str:
    """The key of the card that a transfer leads to."""
    return f":to:{transfer}"


EXIT: Final = ":exit"


class CardFormatter:
    """Formats the cards of one track; those that `hang` under another need not name it."""

    def __init__(self, track: Track, lang: Lang, *, hang: bool = True) -> None:
        self.track, self.lang, self.hang, self.wording = track, lang, hang, TrackWording(track, lang)
        self.chain = tuple(step for step in track.steps if not step.beside)
        self.number = {step.id: number for number, step in enumerate(self.chain, 1)}
        self.before = predecessors(track)
        self.cut = cut_by_exit(track)

    def _text(self, key: str, **values: object) -> str:
        return message(key, self.lang, **values)

    def admission(self) -> Iterator[str]:
        """How people come in, and how many at a time (rules R36, R40)."""
        intake = self.track.intake
        if intake.rolling:
            yield self._text("g.rolling")
            if intake.places is not None:
                yield self._text("g.rolling.places", places=intake.places)
        yield from map(self._start, intake.starts)

    def _start(self, start: Start) -> str:
        places = start.places if start.places is not None else self.track.intake.places
        minimum = self.track.intake.minimum_of(start)
        parts = [self._text("g.start", day=phrasing.day(start.date, self.lang))]
        parts += [self._text("g.places", places=places)] if places is not None else []
        parts += [self._text("g.minimum", count=minimum)] if minimum > 1 else []
        parts += [self._text("g.at", employers=listed(map(self.wording.employer, start.employers), self.lang))] if start.employers else []
        return ", ".join(parts)

    def step(self, step: Step, above: str = "") -> Iterator[str]:
        """A step in short lines; `above` is the chain step that stands over it, which need not be named."""
        yield from self._what(step)
        yield from self._order(step, above)
        if step.when:
            yield self._text("g.when", condition=self.wording.conditions(step.when))
        if step.requires:
            yield self._text("g.requires", condition=self.wording.conditions(step.requires))
        yield from self._where(step)
        if step.phases:
            yield self._text("g.phases", phases=" → ".join(map(phrasing.plain, step.phases)))

    def _what(self, step: Step) -> Iterator[str]:
        kind = code("steptype", step.type, self.lang)
        parts = [kind] if kind.casefold() != step.name.casefold() else []
        parts += [phrasing.length(step.length, self.lang)] if step.length else []
        parts += [self._text("g.hours", hours=step.hours_per_week)] if step.hours_per_week else []
        named = (step.responsible, *step.also_responsible) if step.also_responsible else ()
        parts += [listed(map(self.wording.partner, named), self.lang)] if named else []
        parts += [self._text(f"g.subject.{step.subject}")] if step.subject != "participant" else []
        if parts:
            yield ", ".join(parts)
        if step.contact_every:
            yield self._text("g.contact", length=phrasing.length(step.contact_every, self.lang))

    def _order(self, step: Step, above: str) -> Iterator[str]:
        waits = self.before.get(step.id, ())
        if step.beside:
            yield " ".join(self._points(step))
        # That a step follows the one right above it is seen, and need not be said.
        elif waits != ((above,) if above else ()):
            yield self._text("g.after", steps=listed(map(self._short, waits), self.lang) if waits else self._text("g.point.admission"))
        if step.start_within:
            yield self._text("g.within", length=phrasing.length(step.start_within, self.lang))
        if step.starts:
            yield self._text("g.dates", days=listed((phrasing.day(one, self.lang) for one in step.starts), self.lang, "or"))

    def _short(self, step: str) -> str:
        """A step of the chain by its number; one beside it has none, and goes by its name."""
        return str(self.number[step]) if step in self.number else self.wording.step(step)

    def _points(self, step: Step) -> Iterator[str]:
        """The points between which a step beside the chain is under way (rules R25, R30, R31)."""
        if step.alongside:
            yield self._text("g.alongside" if self.hang else "g.alongside.of", step=self.wording.step(step.alongside))
            return
        if step.when_needed:
            yield self._text("g.needed").lower()
        else:
            yield self._text("g.from", point=self._point(step.begins, hangs=self.hang) if step.begins else self._text("g.point.admission"))
        if step.until or not (step.length or step.when_needed):
            yield self._text("g.until", point=self._point(step.until) if step.until else self._text("g.point.exit"))
        if step.id in self.cut:
            yield self._text(f"g.cut.{self.cut[step.id]}")

    def _point(self, point: Point, *, hangs: bool = False) -> str:
        if point.step:
            anchor = self._text(f"g.point.{point.anchor}.{'the' if hangs else 'of'}", step=self.wording.step(point.step))
        else:
            anchor = self._text(f"g.point.{point.anchor}")
        offset = point.after or point.before
        if offset is None:
            return anchor
        return message(
            "point.after" if point.after else "point.before", self.lang, length=phrasing.length(offset, self.lang), anchor=anchor
        )

    def _where(self, step: Step) -> Iterator[str]:
        each = [self._text("g.places.each", employer=self.wording.employer(name), places=n) for name, n in step.employer_places.items()]
        possible = self.track.employers_for(step)
        if step.employers or (step.needs_employer and len(possible) == 1):
            yield self._text("g.at", employers=listed(map(self.wording.employer, possible), self.lang, "or"))
        elif step.needs_employer and not each:
            yield self._text("g.at.any")
        if step.places is not None:
            yield self._text("g.places", places=step.places)
        yield from each

    def branches(self, step: Step) -> Iterator[CardBranch]:
        """What each result leads to that the track says something of (rules R19-R23)."""
        for result, action in step.on_result.items():
            text = self._text("g.result", result=code("result", result, self.lang), action=self.action(action))
            yield CardBranch(text, action.kind, self._target(step, action))

    def _target(self, step: Step, action: Action) -> str:
        return {"goto": action.target or "", "retry": step.id, "end": EXIT, "transfer": transfer_key(action.target or "")}.get(
            action.kind, ""
        )

    def action(self, action: Action | None) -> str:
        """What a result leads to."""
        if action is None:
            return self._text("g.action.ask")
        if action.kind in ("goto", "retry"):
            bound = phrasing.bound(action, self.action(action.then), self.lang)
            return self._text(f"g.action.{action.kind}", step=self.named(action.target or ""), bound=bound)
        if action.kind == "transfer":
            transfer = self.track.transfers.get(action.target or "")
            return self._text("g.action.transfer", to=transfer.to if transfer else action.target)
        return self._text(f"g.action.{action.kind}")

    def named(self, step: str) -> str:
        """A step by its number and name."""
        return f"{self.number[step]} {self.wording.step(step)}" if step in self.number else self.wording.step(step)

    def transfer(self, transfer: Transfer) -> Iterator[str]:
        """When a person may be transferred."""
        if transfer.requires:
            yield self._text("g.transfer.requires", condition=self.wording.conditions(transfer.requires))
