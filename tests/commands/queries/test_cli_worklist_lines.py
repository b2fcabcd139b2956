"""Every line of the worklist can be copied and works: one line a kind, role, language and track, typed as it stands."""

from __future__ import annotations

import re
import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from definitions.loading.loader import load_paths
from tests.commands.workspace import Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLES = Path(__file__).parents[3] / "examples"
# What only a person knows: she types it in the place of the word in capitals, or takes the first of what is listed.
NAMED = {"ARBETSGIVARE", "EMPLOYER", "STEG", "STEP"}
KNOWN = {
    "SKÄL": "annat", "REASON": "other", "UTFALL": "arbete", "OUTCOME": "work", "DATUM": "2027-06-01", "DATE": "2027-06-01",
    "ÅÅÅÅ-MM-DD": "2026-01-15", "YYYY-MM-DD": "2026-01-15", "TAL": "3", "NUMBER": "3", "VÄRDE": "", "VALUE": "",
}  # fmt: skip
TRACKS = {
    "stockholm-matchning": "stockholm-matchning", "bygg-norrort": "dua", "vard-norrort": "dua", "filur": "filur",
    "valkommen-till-framtiden": "goteborg", "jobbnatet": "jobbnatet", "jobbtorg-stockholm": "jobbtorg-stockholm",
    "jonkoping-vuxna": "jobbtorg-jonkoping", "jonkoping-unga": "jobbtorg-jonkoping",
}  # fmt: skip


def typed(line: str, lang: str) -> list[str]:
    """The line as somebody types it who knows what it leaves open."""
    words = shlex.split(line)[1:]
    return [_word(word, lang) for word in words]


def _word(word: str, lang: str) -> str:
    name, sign, value = word.rpartition("=")
    value = KNOWN.get(value, value.split("/")[0] if sign else value)
    return f"{name}{sign}{value}"


class Walk:
    """People on an example's track, led on by nothing but the lines of its worklist."""

    def __init__(self, folder: Path, track: str) -> None:
        (loaded,) = [one for one in load_paths([EXAMPLES / TRACKS[track]]) if one.track and one.track.track == track]
        assert loaded.track
        starts = [start.date - timedelta(weeks=3) for start in loaded.track.intake.starts]
        self.day = min(starts, default=loaded.track.period.first or date(2026, 9, 1))
        self.space = workspace(folder)
        self.space.ok("apply", str(EXAMPLES / TRACKS[track]), "--at", self.day.isoformat())
        self.track, self.people = track, 0
        self.tried: set[tuple[str, ...]] = set()

    def run(self, rounds: int) -> Iterator[str]:
        """Type lines for some rounds, and answer those that were refused."""
        for number in range(rounds):
            for _ in range(2 if number < 4 else 0):
                self.people += 1
                line = ("enrol", self.track, f"P-{self.people}", "--at", self.day.isoformat())
                # A month of birth is asked for by some tracks, and kept by no other.
                if self.space(*line).code:
                    self.space.ok(*line, "--born", "1988-05")
            for lang in ("sv", "en")[:: 1 if number % 2 else -1]:
                self.space("advance", "--engine", "local", "--at", self.day.isoformat())
                yield from self._work(lang)
            self.day += timedelta(days=7 if number < 4 else 30)

    def _work(self, lang: str) -> Iterator[str]:
        """Try each line that was not tried, and do what the lists ask for, so that there is other work the next time."""
        rows = self.space("worklist", "--json", lang=lang).json
        lines = [(row, line) for row in rows for line in (row["type"], *row["or"]) if not NAMED & {*line.split()}]
        new = {self._key(row, line, lang): (row, line) for row, line in reversed(lines)}
        for key in sorted(new.keys() - self.tried):
            row, line = new[key]
            if not self._explained(row, line, lang) and not self._overtaken(row, lang):
                yield f"{self.day} {row['kind']} {row['step']}: why {row['ref']} does not name {line}"
            said = self._type(line, lang)
            if said.code and not self._overtaken(row, lang):
                yield f"{self.day} {row['kind']} {row['step']}: {line}: {said.err}"
        self.tried |= new.keys()
        for number, row in enumerate(rows[:8]):
            # Not all goes well, so that there is something to decide.
            broken = row["kind"] == "report" and number % 2
            self._type(f"jobbspar record {row['ref']} {row['step']} interrupted" if broken else row["type"], lang)

    def _explained(self, row: Mapping[str, Any], line: str, lang: str) -> bool:
        """Whether `why` names the line of a row of somebody; lines of a track are about nobody's waiting."""
        whose = row["stream"]
        if not row["status"] or line.startswith("jobbspar why "):
            return True
        told = [one for case in self.space("why", whose, "--json", lang=lang).json for one in case["reasons"]]
        return re.sub(rf" {row['ref']}\b", f" {whose}", line, count=1) in {
            one for reason in told for one in reason["values"].get("commands", ())
        }

    def _type(self, line: str, lang: str) -> Any:
        return self.space(*typed(line, lang), "--at", self.day.isoformat(), lang=lang)

    def _overtaken(self, row: Mapping[str, Any], lang: str) -> bool:
        """Whether the row is gone, because a line of another one answered it."""
        same = ("stream", "kind", "step")
        return all(any(row[name] != other[name] for name in same) for other in self.space("worklist", "--json", lang=lang).json)

    @staticmethod
    def _key(row: Mapping[str, Any], line: str, lang: str) -> tuple[str, ...]:
        return (row["kind"].partition(":")[0], row["role"], line.split()[1], lang)


@pytest.mark.parametrize("track", TRACKS)
def test_each_line_of_an_examples_worklist_is_accepted_as_it_stands(tmp_path: Path, track: str) -> None:
    walk = Walk(tmp_path / "w", track)
    assert list(walk.run(11)) == []
    assert len({kind for kind, *_ in walk.tried}) > 3


OWN = """
spår: eget
namn: Eget
typ: jobbspår
ägare: ame
parter: [kommun]
arbetsgivare: [{id: ab, namn: AB, avtal: {undertecknat: 2026-01-01}}, {id: bc, namn: BC}, {id: cd, namn: CD}]
uppgifter: {två_år_från: datum, barn: tal, nivå: [a, b, c], försörjning: [a-kassa, bistånd]}
målgrupp: {krav: [days_since(två_år_från) > 10, barn > 0, nivå >= b, försörjning = bistånd]}
överföringar: {till-fk: {mottagare: Försäkringskassan}, till-af: {mottagare: Arbetsförmedlingen}}
steg:
  - {id: praktik, typ: praktik, ansvarig: arbetsgivare, längd: 2 veckor, vid_resultat: {ej_klar: {överför: till-af}}}
  - {id: provjobb, typ: förberedande anställning, längd: 2 veckor}
"""


def lines(space: Workspace, kind: str) -> list[str]:
    (row,) = [row for row in space.ok("worklist", "--json").json if row["kind"] == kind]
    return [row["type"], *row["or"]]


def test_a_line_names_what_the_track_knows_and_the_form_of_what_it_does_not(tmp_path: Path) -> None:
    space = workspace(tmp_path / "w", OWN)
    space.ok("enrol", "eget", "P", "--at", "2026-09-01", "--advance")
    asked = {kind: lines(space, f"fact:{kind}") for kind in ("två_år_från", "barn", "nivå", "försörjning")}
    assert asked == {
        "två_år_från": ["jobbspar state P --fact två_år_från=ÅÅÅÅ-MM-DD"], "barn": ["jobbspar state P --fact barn=TAL"],
        "nivå": ["jobbspar state P --fact nivå=a/b/c"], "försörjning": ["jobbspar state P --fact försörjning=a-kassa/bistånd"],
    }  # fmt: skip
    facts = ["två_år_från=2020-01-01", "barn=1", "nivå=c", "försörjning=bistånd"]
    space.ok("state", "P", *(word for fact in facts for word in ("--fact", fact)), "--advance")
    space.ok("employer", "eget", "cd", "withdraw", "--advance")
    assert lines(space, "placement") == ["jobbspar place P praktik ab", "jobbspar place P praktik bc"]
    space.ok("place", "P", "praktik", "ab", "--advance")
    space.ok("record", "P", "praktik", "ej_klar", "--advance")
    assert lines(space, "proposal:transfer")[:2] == ["jobbspar transfer P till-af --reason SKÄL", "jobbspar decide P praktik nästa"]
    space.ok("decide", "P", "praktik", "nästa", "--advance")
    space.ok("advance", "--engine", "local", "--at", "2026-09-15")
    assert lines(space, "report") == [f"jobbspar record P provjobb {result}" for result in ("anställd", "ej_anställd", "avbruten")]
