"""What `demo` says, in Swedish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from definitions.texts import say

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "made": {
        "sv": "Arbetsyta: {path}. Sju system med påhittade människor, månad för månad i den tid då de gick.",
        "en": "Workspace: {path}. Seven systems with made-up people, month by month in the years when they ran.",
    },
    "start": {
        "sv": "{name}: {people} anmälningar, {first} till {until}",
        "en": "{name}: {people} referrals, {first} to {until}",
    },
    "year": {
        "sv": "  {day}: {reports} rapporter skrivna, {runs} flödeskörningar",
        "en": "  {day}: {reports} reports written, {runs} flow runs",
    },
    "bar": {"sv": "{name} {month}", "en": "{name} {month}"},
    "played": {
        "sv": "Klart: {reports} rapporter, {runs} flödeskörningar, {events} händelser i loggen, {seconds} s.",
        "en": "Done: {reports} reports, {runs} flow runs, {events} events in the log, {seconds} s.",
    },
    "pages": {"sv": "Skriver handböcker och rapporter …", "en": "Writing handbooks and reports …"},
    "stopped": {"sv": "Prefects server är stoppad; inget körs kvar.", "en": "Prefect's server is stopped; nothing is left running."},
    "track": {"sv": "{name} ({track}), {day}", "en": "{name} ({track}), {day}"},
    "statuses": {"sv": "  Status:   {list}", "en": "  Status:   {list}"},
    "steps": {"sv": "  Vid steg: {list}", "en": "  At step:  {list}"},
    "nobody": {"sv": "ingen, alla är klara", "en": "nobody, all are through"},
    "overdue": {"sv": "  Försenat: {list}", "en": "  Overdue:  {list}"},
    "nothing": {"sv": "inget", "en": "nothing"},
    "goal": {
        "sv": "  Mål:      {name}: {share} ({fraction}) {level} {verdict}",
        "en": "  Goal:     {name}: {share} ({fraction}) {level} {verdict}",
    },
    "goal.struck": {"sv": "  Mål:      {name}: {verdict}", "en": "  Goal:     {name}: {verdict}"},
    "programme": {"sv": "Programmet {name}, {day}", "en": "The programme {name}, {day}"},
    "exits": {"sv": "  Avslut:   {count}: {list}", "en": "  Exits:    {count}: {list}"},
    "constructed": {
        "sv": "Människorna är påhittade: hur det går är fasta kvoter som ger de publicerade siffrorna. Det som visas är räkningen.",
        "en": "The people are made up: how it goes is by fixed quotas that give the published figures. What is shown is the counting.",
    },
    "pages.where": {
        "sv": "Sidor att öppna i en webbläsare ({path}):\n{list}",
        "en": "Pages to open in a browser ({path}):\n{list}",
    },
    "next": {
        "sv": (
            "Pröva sedan:\n"
            "{reached}  cd {path}\n"
            "  jobbspar status                     alla spår\n"
            "  jobbspar status {track:<20}ett spår\n"
            "  jobbspar status {ref:<20}en person\n"
            "  jobbspar why {ref:<23}varför inte längre\n"
            "  jobbspar history {ref:<19}allt som hänt\n"
            "  jobbspar outcomes {track:<18}utfall mot mål\n"
            "  jobbspar worklist                   vad som ska göras\n"
            "  jobbspar verify                     att loggen är hel"
        ),
        "en": (
            "Then try:\n"
            "{reached}  cd {path}\n"
            "  jobbspar status                     all tracks\n"
            "  jobbspar status {track:<20}one track\n"
            "  jobbspar status {ref:<20}one person\n"
            "  jobbspar why {ref:<23}why no further\n"
            "  jobbspar history {ref:<19}all that happened\n"
            "  jobbspar outcomes {track:<18}outcomes against goals\n"
            "  jobbspar worklist                   what is to be done\n"
            "  jobbspar verify                     that the log is whole"
        ),
    },
}


def tell(key: str, lang: str, **values: Any) -> str:
    """A text with its values filled in."""
    return say(TEXTS, key, lang, **values)
