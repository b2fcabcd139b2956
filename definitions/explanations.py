"""The catalogues of explanations, and what is said around them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from definitions.explanations_codes import TRACK_WHY
from definitions.explanations_conditions import CONDITIONS_WHY
from definitions.explanations_file import FILE_WHY
from definitions.explanations_steps import STEP_KEYS
from definitions.explanations_track import TRACK_KEYS
from definitions.explanations_values import VALUES_WHY

if TYPE_CHECKING:
    from collections.abc import Mapping

    Four = tuple[str, str, str, str]

# code: why in Swedish and in English, a bad example and a good one.
CODES: Final[Mapping[str, Four]] = MappingProxyType({**FILE_WHY, **VALUES_WHY, **TRACK_WHY, **CONDITIONS_WHY})
# section.key: what it is in Swedish and in English, its default, an example.
KEYS: Final[Mapping[str, Four]] = MappingProxyType({**TRACK_KEYS, **STEP_KEYS})
# What is shown as it is and cannot be read as a track: the mistake lies outside the text.
OUTSIDE: Final = frozenset({"JS001", "JS002", "JS003", "JS004", "JS005", "JS071"})

HEADINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "rule": {"sv": "Regel", "en": "Rule"},
    "why": {"sv": "Varför", "en": "Why"},
    "do": {"sv": "Gör så här", "en": "Remedy"},
    "bad": {"sv": "Fel", "en": "Bad"},
    "good": {"sv": "Rätt", "en": "Good"},
    "in": {"sv": "Står i", "en": "Stands in"},
    "value": {"sv": "Värde", "en": "Value"},
    "default": {"sv": "Annars", "en": "Default"},
    "example": {"sv": "Exempel", "en": "Example"},
    "other": {"sv": "På engelska", "en": "In Swedish"},
    "word": {"sv": "Är", "en": "Is"},
})  # fmt: skip
SECTIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "track": {"sv": "spåret, överst i filen", "en": "the track, at the top of the file"},
    "indicator file": {"sv": "en egen indikator, överst i filen", "en": "an indicator of your own, at the top of the file"},
    "period": {"sv": "period", "en": "period"},
    "employer": {"sv": "arbetsgivare", "en": "employers"},
    "need": {"sv": "arbetsgivare, behov", "en": "employers, need"},
    "agreement": {"sv": "arbetsgivare, avtal", "en": "employers, agreement"},
    "fact": {"sv": "uppgifter", "en": "facts"},
    "target_group": {"sv": "målgrupp", "en": "target_group"},
    "intake": {"sv": "intag", "en": "intake"},
    "start": {"sv": "intag, starter", "en": "intake, starts"},
    "step": {"sv": "steg", "en": "steps"},
    "condition": {"sv": "ett villkor", "en": "a condition"},
    "goto": {"sv": "vid_resultat", "en": "on_result"},
    "retry": {"sv": "vid_resultat", "en": "on_result"},
    "transfer action": {"sv": "vid_resultat", "en": "on_result"},
    "transfer": {"sv": "överföringar", "en": "transfers"},
    "goal": {"sv": "mål", "en": "goals"},
    "decision": {"sv": "mål, beslut", "en": "goals, decision"},
    "comparison": {"sv": "mål, jämförelse", "en": "goals, comparison"},
})  # fmt: skip
# What a value of each form is.
VALUES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "id": {"sv": "ett id", "en": "an id"},
    "ids": {"sv": "ett id eller en lista av id", "en": "an id or a list of ids"},
    "text": {"sv": "text", "en": "text"},
    "texts": {"sv": "en lista av text", "en": "a list of texts"},
    "headings": {"sv": "rubrik: text", "en": "heading: text"},
    "date": {"sv": "ett datum, år-månad-dag", "en": "a date, year-month-day"},
    "dates": {"sv": "ett datum eller en lista av datum", "en": "a date or a list of dates"},
    "number": {"sv": "ett helt tal", "en": "a whole number"},
    "hours": {"sv": "ett helt tal, högst 168", "en": "a whole number, at most 168"},
    "times": {"sv": "ett helt tal, högst 99", "en": "a whole number, at most 99"},
    "length": {
        "sv": "ett helt tal och dagar, arbetsdagar, veckor eller månader", "en": "a whole number and days, working days, weeks or months",
    },
    "point": {"sv": "en tidpunkt: antagning, avslut, anställning, start på STEG, slut på STEG, med LÄNGD efter eller före", "en":
              "a point: admission, exit, employment, start of STEP, end of STEP, with LENGTH after or before"},
    "begins": {"sv": "en tidpunkt, eller vid behov", "en": "a point, or when needed"},
    "money": {"sv": "hela kronor, eller kronor per vecka", "en": "whole kronor, or kronor per week"},
    "threshold": {"sv": "en andel som 70 %, eller ett tal", "en": "a share such as 70 %, or a number"},
    "conditions": {"sv": "ett villkor eller en lista av villkor", "en": "a condition or a list of conditions"},
    "rule": {"sv": "ett villkor", "en": "a condition"},
    "sector": {"sv": "en bokstav, A till U", "en": "a letter, A to U"},
    "occupation": {"sv": "fyra siffror inom citattecken", "en": "four digits in quotes"},
    "fact_type": {"sv": "ja/nej, tal, datum, eller en lista av val", "en": "yes/no, number, date, or a list of choices"},
    "facts": {"sv": "id: typ", "en": "id: type"},
    "starts": {"sv": "löpande, eller en lista av datum", "en": "rolling, or a list of dates"},
    "order": {"sv": "en lista av företräde, lottning, anmälan och uppgifter med högst först eller lägst först", "en":
              "a list of precedence, lottery, referral and facts with highest first or lowest first"},
    "follow_up": {"sv": "en lista av avslut och längder efter det", "en": "a list of exit and lengths after it"},
    "transfers": {"sv": "id: överföring", "en": "id: transfer"},
    "responsible": {"sv": "en part, eller arbetsgivare", "en": "a partner, or employer"},
    "after": {"sv": "ett steg, en lista av steg, eller antagning", "en": "a step, a list of steps, or admission"},
    "places": {"sv": "ett helt tal, eller arbetsgivare: tal", "en": "a whole number, or employer: number"},
    "results": {"sv": "en lista av ord", "en": "a list of words"},
    "on_result": {"sv": "resultat: åtgärd", "en": "result: action"},
    "action": {"sv": "nästa, fråga, avsluta, ett steg, gå_till, gör_om eller överför",
              "en": "next, ask, end, a step, goto, retry or transfer"},
    "among": {"sv": "avslutade, antagna, ett villkor, eller inte MÅL", "en": "exits, admitted, a condition, or not GOAL"},
    "at": {"sv": "avslut, LÄNGD efter avslut, ett datum, periodens slut, någon gång",
              "en": "exit, LENGTH after exit, a date, end of period, ever"},
    "section": {"sv": "nycklar: {known}", "en": "keys: {known}"},
    "list": {"sv": "en lista med nycklarna {known}", "en": "a list with the keys {known}"},
    "words": {"sv": "{known}", "en": "{known}"},
})  # fmt: skip
