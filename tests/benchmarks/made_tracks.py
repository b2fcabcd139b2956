"""Tracks like those in `examples/`, made by the thousand: the same seed gives the same texts, no two of them alike."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from definitions.reference.translate import translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TOWNS: Final = ("Norrort", "Söderby", "Västervik", "Österåker", "Älvsbyn", "Åmål", "Köping", "Malung", "Tibro", "Ängelholm")
TRADES: Final = (("bygg", "F", "7111"), ("vård", "Q", "5321"), ("lager", "H", "9321"), ("kök", "I", "5120"), ("industri", "C", "8189"))
FIRMS: Final = ("Byrån", "Partner", "Verken", "Service", "Gruppen", "Bolaget")
FACTS: Final[Mapping[str, str]] = {
    "svenska": "{typ: [A, B, C, D], namn: Sfi-kurs som är klar}", "körkort": "{typ: ja/nej, namn: B-körkort}", "inskriven": "datum",
    "stödbehov": "[litet, medel, stort]", "barnomsorg": "{typ: ja/nej, namn: Barnomsorg är ordnad}",
    "försörjning": "{typ: ja/nej, åtkomst: begränsad}", "poäng": "tal", "vill": "[arbete, studier]",
}  # fmt: skip
SENTENCES: Final = (
    "Två samtal och ett besök på en arbetsplats.", "Planen skrivs med deltagaren och alla parter får den samma dag.",
    "Handledaren skriver en rapport den sista dagen.", "Platsen söks efter personen och inte tvärtom.",
    "Den som inte får godkänt läser om en gång.", "Stödet följer med in i anställningen.",
    "Språket går vid sidan om kursen hela vägen.", "Coachen följer med till intervjun om deltagaren vill.",
)  # fmt: skip
RESULTS: Final = ("avbruten: {gör_om: 1}", "ej_klar: {gör_om: 2, sedan: fråga}", "ej_klar: {gå_till: kartläggning, högst: 1}")
FIRST: Final = date(2026, 8, 31)


def write(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Files of as many tracks, of eight to twelve steps each."""
    random = Random(seed)
    paths = [folder / f"{number:04}.yaml" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(track(random, number, random.randint(8, 12)), encoding="utf-8")
    return paths


def track(random: Random, number: int, steps: int) -> str:
    """One track; every third is written in English keys."""
    town, (trade, sector, occupation) = random.choice(TOWNS), random.choice(TRADES)
    facts = random.sample([*FACTS], random.randint(5, len(FACTS)))
    own = f"egen-{number}"
    text = "\n".join(
        (
            f"# Ett påhittat spår för {trade} i {town}.\n\nspår: {trade}-{number}\nnamn: {trade.capitalize()} i {town} {number}",
            *_head(random, town),
            *_employers(random, sector, occupation),
            "\nuppgifter:",
            *(f"  {name}: {FACTS[name]}" for name in facts),
            f"  {own}: {{typ: ja/nej, namn: Eget krav {number}}}",
            *_intake(random, [*facts, own]),
            "\nsteg:",
            *_steps(random, steps, [*facts, own]),
            *_goals(random),
        )
    )
    return translate(f"{text}\n", "en") if number % 3 == 0 else f"{text}\n"


def _condition(random: Random, facts: Sequence[str]) -> str:
    """What asks one to three of the facts; hardly two are alike."""
    asks = {
        "svenska": f"svenska >= {random.choice('ABCD')}", "inskriven": f"dagar_sedan(inskriven) > {random.randint(30, 900)}",
        "stödbehov": f"stödbehov {random.choice(('=', '!='))} stort", "poäng": f"poäng > {random.randint(0, 90)}",
        "vill": f"vill = {random.choice(('arbete', 'studier'))}",
    }  # fmt: skip
    parts = [asks.get(name, random.choice((name, f"inte {name}", f"känd({name})"))) for name in random.sample(facts, random.randint(1, 3))]
    if len(parts) > 2:
        return f"{parts[0]} och ({parts[1]} eller {parts[2]})"
    return random.choice((" och ", " eller ")).join(parts)


def _prose(random: Random, key: str, indent: str, least: int = 1) -> Iterator[str]:
    yield f"{indent}{key}: >-"
    yield from (f"{indent}  {sentence}" for sentence in random.sample(SENTENCES, least + random.randint(0, 2)))


def _head(random: Random, town: str) -> Iterator[str]:
    yield from ("typ: jobbspår", f"ägare: Arbetsmarknadsenheten i {town}", "parter: [kommun, arbetsförmedlingen, vuxenutbildningen]")
    yield f"period: {{från: 2026-01-01, till: {FIRST.replace(year=2028 + random.randint(0, 2))}}}"
    yield from _prose(random, "beskrivning", "", 2)
    yield "texter:"
    for heading in ("Bakgrund", "Urvalsträff", "Ansvar"):
        yield from _prose(random, heading, "  ", 2)


def _employers(random: Random, sector: str, occupation: str) -> Iterator[str]:
    yield "\narbetsgivare:"
    for number, firm in enumerate(random.sample(FIRMS, random.randint(1, 3))):
        signed = FIRST - timedelta(days=random.randint(20, 200))
        yield f"  - id: {'abc'[number]}\n    namn: {firm} AB # illustrativ\n    bransch: {sector}"
        yield f'    behov: {{yrke: "{occupation}", tjänster: {random.randint(1, 9)}}}'
        yield f"    avtal: {{typ: avsiktsförklaring, beteckning: KS 2026/{random.randint(1, 999)}, undertecknat: {signed}}}"


def _intake(random: Random, facts: Sequence[str]) -> Iterator[str]:
    first = FIRST + timedelta(weeks=random.randint(0, 20))
    yield "\nmålgrupp:\n  krav:"
    yield from (f"    - {_condition(random, facts)}" for _ in range(2))
    yield f"    - {{regel: ålder >= {random.randint(16, 20)} och ålder < 65, skäl: Uppdraget gäller arbetsför ålder.}}"
    yield f"\nintag:\n  starter: [{first}, {{datum: {first + timedelta(weeks=22)}, platser: {random.randint(9, 20)}, hos: a}}]"
    yield f"  platser: {random.randint(9, 30)}\n  minst_antal: {random.randint(2, 8)}\n  turordning: [företräde, lottning]"
    yield f"  svar_inom: {random.randint(3, 10)} arbetsdagar\n  ansluta_inom: {random.randint(1, 4)} veckor"


def _steps(random: Random, count: int, facts: Sequence[str]) -> Iterator[str]:
    yield "  - id: kartläggning\n    typ: kartläggning\n    namn: Kartläggning\n    ansvarig: kommun\n    längd: 2 veckor"
    yield f"    ger: [{', '.join(random.sample(facts, 2))}]"
    for number in range(count - 4):
        yield from _course(random, number, facts)
    yield "  - id: praktik\n    typ: praktik\n    namn: Praktik\n    ansvarig: arbetsgivare\n    platser: {a: 4}"
    yield f"    längd: {random.randint(3, 12)} veckor\n    timmar_per_vecka: 40\n    vid_resultat: {{avbruten: {{gör_om: 1}}}}"
    yield "  - id: provjobb\n    typ: förberedande anställning\n    faser: [praktikorientering, kompetensanalys, utbildningsplan]"
    yield f"    ansvarig: arbetsgivare\n    längd: {random.randint(2, 6)} veckor"
    yield f"  - {{id: efterstöd, typ: stöd, från: start på praktik, till: {random.randint(1, 6)} månader efter anställning}}"


def _course(random: Random, number: int, facts: Sequence[str]) -> Iterator[str]:
    yield f"  - id: kurs-{number}\n    typ: {'yrkesvux' if number == 0 else 'insats'}\n    namn: Kurs {number} i spåret"
    yield f"    ansvarig: {random.choice(('kommun', 'vuxenutbildningen'))}"
    if number and random.random() < 1 / 3:
        yield f"    parallellt_med: kurs-{random.randrange(number)}\n    timmar_per_vecka: {random.randint(4, 12)}"
    else:
        yield f"    längd: {random.randint(2, 20)} veckor\n    kostnad: {random.randint(8, 70) * 1000}"
        yield f"    vid_resultat: {{{random.choice(RESULTS)}}}"
    if random.random() < 1 / 2:
        yield f"    om: {_condition(random, facts)}"
    if random.random() < 2 / 3:
        yield from _prose(random, "beskrivning", "    ")


def _goals(random: Random) -> Iterator[str]:
    yield "\nuppföljning: [avslut, 3 månader, 6 månader]\n\nmål:"
    yield f"  - {{id: i-arbete, namn: I arbete, räknar: utfall = arbete, mätt: 3 månader, minst: {random.randint(40, 80)} %}}"
    yield f"  - {{id: kolada-mått, namn: Till arbete eller studier, indikator: kolada, minst: {random.randint(30, 60)} %}}"
    yield "  - id: praktik-klar\n    namn: Klara med praktiken\n    räknar: resultat(praktik) = klar\n    bland: antagna"
    yield f"    jämförelse: {{namn: Året före, värde: {random.randint(20, 60)} %, datum: 2025-12-31, källa: Egen uppföljning}}"
