"""What the reference says around its tables: Swedish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Spårspråket", "The track language"),
    "values": ("Värden", "Values"),
    "keys": ("Nycklar", "Keys"),
    "words": ("Ord", "Words"),
    "rules": ("Regler", "Rules"),
    "key": ("Nyckel", "Key"),
    "word": ("Ord", "Word"),
    "other": ("På engelska", "In Swedish"),
    "value": ("Värde", "Value"),
    "meaning": ("Betyder", "Means"),
    "below": ("se “{section}” nedan", "see “{section}” below"),
    "required": ("Måste finnas.", "Must be there."),
    "default": ("Annars: {value}.", "Default: {value}."),
    "example": ("Exempel", "Example"),
}
INTRO: Final[tuple[tuple[str, str], ...]] = (
    (
        (
            "Ett spår är en YAML-fil som läses uppifrån: vem, för vem, hur många, vilka steg, vad sedan. Varje nyckel och ord har"
            " ett svenskt och ett engelskt namn; båda går bra, även blandade. Inget i språket nekar eller avslutar någons plats: "
            "motorn startar, påminner och föreslår, och en namngiven person beslutar."
        ),
        (
            "A track is a YAML file that is read from the top: who, for whom, how many, which steps, what then. Every key and "
            "word has a Swedish and an English name; both work, also mixed. Nothing in the language denies or ends anybody's "
            "place: the engine starts, reminds and proposes, and a named person decides."
        ),
    ),
    (
        (
            "Börja med `jobbspar init`, ändra filen, och kör `jobbspar check` så ofta du vill: allt som är fel sägs på en gång, "
            "med rad, kolumn och åtgärd. `jobbspar explain NYCKEL`, `explain regel 8` och `explain JS109` säger det som står här,"
            " ett i taget."
        ),
        (
            "Begin with `jobbspar init`, change the file, and run `jobbspar check` as often as you like: everything that is wrong"
            " is told at once, with line, column and remedy. `jobbspar explain KEY`, `explain rule 8` and `explain JS109` say "
            "what stands here, one at a time."
        ),
    ),
    (
        "Ett helt spår:",
        "A whole track:",
    ),
)
# A whole track in Swedish words; the reference shows it in the reader's.
SHOWN: Final = """\
spår: kök-söder
namn: Kökspersonal Söder
typ: jobbspår
ägare: Arbetsmarknadsenheten
parter: [kommun, arbetsförmedlingen, vuxenutbildningen]
arbetsgivare:
  - {id: måltid, namn: Måltid Söder AB, bransch: I, avtal: {typ: avsiktsförklaring, undertecknat: 2026-08-20}}
uppgifter: {svenska: [A, B, C, D], hygienbevis: ja/nej}
målgrupp: {krav: [svenska >= B]}
intag: {platser: 10, minst_antal: 6, starter: [2026-10-12], svar_inom: 5 arbetsdagar}
steg:
  - {id: kartläggning, typ: kartläggning, längd: 2 veckor, ger: [hygienbevis]}
  - {id: hygien, typ: insats, namn: Livsmedelshygien, om: inte hygienbevis, längd: 3 dagar}
  - {id: vux, typ: yrkesvux, ansvarig: vuxenutbildningen, längd: 15 veckor, vid_resultat: {ej_klar: {gör_om: 1}}}
  - {id: språkstöd, typ: insats, namn: Yrkessvenska, parallellt_med: vux, timmar_per_vecka: 6}
  - {id: praktik, typ: praktik, längd: 6 veckor}
  - {id: provjobb, typ: förberedande anställning, faser: [praktikorientering, kompetensanalys, utbildningsplan], längd: 4 veckor}
  - {id: efterstöd, typ: stöd, från: anställning, till: 3 månader efter anställning, kontakt_var: 2 veckor}
mål: [{id: jobb, namn: Till arbete eller studier, indikator: kolada, minst: 60 %}]
"""
# What values look like: how it is written in each language, and what holds for it.
VALUES: Final[tuple[tuple[tuple[str, str], tuple[str, str]], ...]] = (
    (
        ("id", "id"),
        (
            "Små bokstäver, siffror, `-` och `_`: `vux-2`. Unikt bland steg och bland uppgifter, och inget av språkets egna ord.",
            "Small letters, digits, `-` and `_`: `vux-2`. Unique among steps and among facts, and none of the language's own words.",
        ),
    ),
    (
        ("datum", "date"),
        (
            "År-månad-dag: `2026-09-01`.",
            "Year-month-day: `2026-09-01`.",
        ),
    ),
    (
        ("tidslängd", "length"),
        (
            "Ett helt tal och en enhet: `3 dagar`, `10 arbetsdagar`, `2 veckor`, `1 månad`.",
            "A whole number and a unit: `3 days`, `10 working days`, `2 weeks`, `1 month`.",
        ),
    ),
    (
        ("tidpunkt", "point"),
        (
            (
                "`antagning`, `avslut`, `anställning`, `start på STEG` eller `slut på STEG`, och före dem `LÄNGD efter` eller, "
                "för slut på STEG, `LÄNGD före`: `3 månader efter anställning`."
            ),
            (
                "`admission`, `exit`, `employment`, `start of STEP` or `end of STEP`, and before them `LENGTH after` or, for end "
                "of STEP, `LENGTH before`: `3 months after employment`."
            ),
        ),
    ),
    (
        ("villkor", "condition"),
        (
            (
                "Uppgifter, `= != < <= > >=`, `och`, `eller`, `inte`, parenteser, och frågor som `resultat(praktik) = klar`. En "
                "ja/nej-uppgift står ensam: `inte körkort`. En lista av villkor betyder alla. Med skäl: `{regel: ålder >= 18, "
                "skäl: …}`."
            ),
            (
                "Facts, `= != < <= > >=`, `and`, `or`, `not`, brackets, and questions such as `result(praktik) = done`. A yes/no "
                "fact stands alone: `not licence`. A list of conditions means all of them. With a reason: `{rule: age >= 18, "
                "reason: …}`."
            ),
        ),
    ),
    (
        ("andel, belopp", "share, money"),
        (
            "`70 %`; hela kronor `48000` för hela steget, eller `1200 per vecka`.",
            "`70 %`; whole kronor `48000` for the whole step, or `1200 per week`.",
        ),
    ),
    (
        ("text", "text"),
        (
            (
                "Allt läses som det står: `nej`, `12:30` och `0123` blir aldrig något annat. En text med `: ` eller ` #` i sig, "
                "eller med komma inom `{ }` eller `[ ]`, ställs inom citattecken."
            ),
            (
                "Everything is read as it stands: `no`, `12:30` and `0123` never become anything else. A text with `: ` or ` #` "
                "in it, or with a comma inside `{ }` or `[ ]`, is put in quotes."
            ),
        ),
    ),
)
