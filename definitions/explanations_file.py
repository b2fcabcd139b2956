"""Why a file is refused before its meaning is asked: Swedish, English, a bad example and a good one."""

from __future__ import annotations

from typing import Final

_WRITTEN: Final = "jobbspar check mitt-spar.yaml"
FILE_WHY: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS001": (
        "Det som inte går att läsa går inte att granska.", "What cannot be read cannot be checked.", "jobbspar check finns-inte.yaml",
        _WRITTEN,
    ),
    "JS002": (
        "En enhet eller ett rör kan hålla programmet väntande för alltid.", "A device or a pipe may keep the program waiting for ever.",
        "jobbspar check /dev/stdin", _WRITTEN,
    ),
    "JS003": (
        "Granskningen ska gå fort på vad som helst; ett spår är några kilobyte.",
        "Checking is quick on anything; a track is a few kilobytes.", "jobbspar check hela-registret.yaml", _WRITTEN,
    ),
    "JS004": (
        "å, ä och ö skrivs olika i olika teckenkodningar; bara UTF-8 läses lika överallt.",
        "å, ä and ö are written differently in other encodings; only UTF-8 reads the same everywhere.",
        "# sparad som Windows-1252", "# sparad som UTF-8",
    ),
    "JS005": (
        "Windows sparar ibland som UTF-16; bara UTF-8 läses lika överallt.",
        "Windows sometimes saves as UTF-16; only UTF-8 reads the same everywhere.", "# sparad som UTF-16 (Unicode)", "# sparad som UTF-8",
    ),
    "JS006": (
        "Ett tecken som inte syns kan få två id att se lika ut, eller text att läsas baklänges.",
        "A character that is not seen can make two ids look alike, or text read backwards.", "ägare: Kommu\u200bnen", "ägare: Kommunen",
    ),
    "JS007": (
        "Ett spår är nycklar med värden; en lista eller lös text säger inte vad den är.",
        "A track is keys with values; a list or loose text does not say what it is.", "- spår\n- namn",
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
    ),
    "JS008": (
        "Djupa nivåer är alltid ett misstag här, och kan få en läsare av YAML att krascha.",
        "Deep levels are always a mistake here, and can crash a reader of YAML.", "texter: " + "[" * 60 + "]" * 60,
        "texter: {Bakgrund: Kort och i en nivå.}",
    ),
    "JS009": (
        "Några rader med hänvisningar kan bli miljarder värden; därför räknas de innan de skrivs ut.",
        "A few lines of aliases can become billions of values, so they are counted before they are written out.",
        ("texter:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        "  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n  d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
        "  e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]"),
        "texter: {a: x}",
    ),
    "JS010": (
        "Ett värde som innehåller sig självt har inget slut.", "A value that holds itself has no end.", "texter: &a [*a]", "texter: {a: x}",
    ),
    "JS011": (
        "I YAML skiljer kolon med mellanslag nyckel från värde.", "In YAML a colon and a space part key from value.",
        "beskrivning: Mål: arbete", 'beskrivning: "Mål: arbete"',
    ),
    "JS012": (
        "En lista på en rad hålls ihop av klamrar och kommatecken.", "A list on one line is held together by brackets and commas.",
        "parter: [kommun, vux\nägare: Enheten", "parter: [kommun, vux]\nägare: Enheten",
    ),
    "JS013": (
        "Ett öppnat citattecken tar med sig resten av filen.", "An opened quote swallows the rest of the file.", 'ägare: "Enheten',
        'ägare: "Enheten"',
    ),
    "JS014": (
        "Varje rad i en mappning är en nyckel, ett kolon och ett värde.", "Each line of a mapping is a key, a colon and a value.",
        "ägare: Enheten\nparter", "ägare: Enheten\nparter: [kommun]",
    ),
    "JS015": (
        "Indraget säger vad som hör ihop.", "The indentation says what belongs together.",
        "målgrupp:\n  krav: [utvald]\n löpande_krav: [utvald]", "målgrupp:\n  krav: [utvald]\n  löpande_krav: [utvald]",
    ),
    "JS016": (
        "“*” är YAML:s tecken för en hänvisning.", "“*” is YAML's sign of an alias.", "ägare: *enheten", 'ägare: "*enheten"',
    ),
    "JS017": (
        "Ett typmärke kan få en läsare av YAML att köra kod; här läses allt som text.",
        "A tag can make a reader of YAML run code; here everything is read as text.", "ägare: !!str Enheten", "ägare: Enheten",
    ),
    "JS018": (
        "En fil är ett spår, så att id, fil och version följs åt.", "One file is one track, so that id, file and version go together.",
        "ägare: Enheten\n---\nspår: y", "ägare: Enheten",
    ),
    "JS019": (
        "Nycklarna är språkets ord, så ingen av dem är en lista.", "The keys are words of the language, so none of them is a list.",
        "texter: {[a, b]: text}", "texter: {a och b: text}",
    ),
    "JS020": (
        "Sammanslagning döljer varifrån ett värde kommer; bygger_på visar det.",
        "Merging hides where a value comes from; based_on shows it.", "texter: {<<: {a: x}, b: y}", "texter: {a: x, b: y}",
    ),
    "JS021": (
        "Det ser lika ut på skärmen, men den som söker hittar det inte.",
        "It looks the same on the screen, but who searches does not find it.", "ägare: Va\u030arden", "ägare: Vården",
    ),
    "JS022": (
        "Många läsare tar den sista utan ett ord; här märks det.", "Many readers take the last without a word; here it is noticed.",
        "ägare: Enheten\nägare: Nämnden", "ägare: Enheten",
    ),
    "JS023": (
        "Det som inte är YAML kan inte tolkas, bara gissas.", "What is not YAML cannot be read, only guessed.", "ägare: @enheten",
        'ägare: "@enheten"',
    ),
    "JS024": (
        "En tabb är olika bred i olika program, så YAML räknar bara mellanslag.",
        "A tab is of different width in different programs, so YAML counts spaces only.", "målgrupp:\n\tkrav: [utvald]",
        "målgrupp:\n  krav: [utvald]",
    ),
}  # fmt: skip
