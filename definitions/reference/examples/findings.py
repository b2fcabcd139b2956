"""What breaks the rules of a track as a whole, and what keeps them: for each code a bad example and a good one."""

from __future__ import annotations

from typing import Final

_TRACK: Final = "spår: x\nnamn: X\ntyp: jobbspår\nsteg: [{id: a, typ: praktik}]\n"
_VUX: Final = "- {id: vux, typ: yrkesvux}"


def _goal(rest: str) -> str:
    return f"mål: [{{id: ut, namn: Ut, {rest}}}]"


TRACK_EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "JS067": (
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
        "spår: y\nnamn: Y\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
    ),
    "JS070": ("namn: Deltagare\nägare: Kommunen", "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]"),
    "JS071": ("jobbspar check tom-mapp", "jobbspar check tracks"),
    "JS072": (
        "indikator: kolada\nnamn: Vår\nkälla: Nämnden\nräknar: utfall = arbete",
        "indikator: egen\nnamn: Vår\nkälla: Nämnden\nräknar: utfall = arbete",
    ),
    "JS101": (_TRACK.rstrip(), _TRACK + "arbetsgivare: [{id: a, namn: A, avtal: {undertecknat: 2026-06-01}}]"),
    "JS103": ("period: {från: 2026-09-01, till: 2026-08-01}", "period: {från: 2026-08-01, till: 2026-09-01}"),
    "JS104": ("period: {från: 2026-09-01}\nintag: {starter: [2026-08-31]}", "period: {från: 2026-08-01}\nintag: {starter: [2026-08-31]}"),
    "JS106": ("intag: {starter: [2026-08-31], platser: 6, minst_antal: 8}", "intag: {starter: [2026-08-31], platser: 8, minst_antal: 6}"),
    "JS107": ("intag: {starter: löpande, minst_antal: 4}", "intag: {starter: [2026-08-31], minst_antal: 4}"),
    "JS108": ("intag: {turordning: [ålder högst först]}", "intag: {turordning: [anmälan]}"),
    "JS109": ("målgrupp: {krav: [ålder >= 18]}", "målgrupp: {krav: [{regel: ålder >= 18, skäl: Maskinerna kräver det}]}"),
    "JS110": ("uppgifter: {religion: ja/nej}", "uppgifter: {religion: {typ: ja/nej, grund: religion}}"),
    "JS111": ("- {id: a, typ: praktik, ger: [truckkort]}", "- {id: a, typ: praktik, ger: [körkort]}"),
    "JS112": ("- {id: a, typ: praktik, ansvarig: komun}", "- {id: a, typ: praktik, ansvarig: kommun}"),
    "JS113": (
        "överföringar: {fk: {mottagare: Försäkringskassan, tar_med: [plan]}}",
        "uppgifter: {plan: ja/nej}\növerföringar: {fk: {mottagare: Försäkringskassan, tar_med: [plan]}}",
    ),
    "JS114": ("överföringar: {fk: {mottagare: fk}}", "överföringar: {fk: {mottagare: Försäkringskassan}}"),
    "JS115": ("bygger_på: bygg-sorrort", "bygger_på: bygg-norrort"),
    "JS116": ("spår: z\nbygger_på: variant", "spår: z\nbygger_på: bas"),
    "JS117": ("spår: z\nbygger_på: bygg-norrort\nutan: [teoori]", "spår: z\nbygger_på: bygg-norrort\nutan: [teori]"),
    "JS118": ("utan: [första]", "ägare: Enheten"),
    "JS119": ("spår: z\nbygger_på: bas", "spår: z\nbygger_på: bygg-norrort"),
    "JS120": ("- {id: a, typ: praktik, efter: [fösta]}", "- {id: a, typ: praktik, efter: [första]}"),
    "JS121": ("- {id: a, typ: stöd, efter: första, parallellt_med: första}", "- {id: a, typ: stöd, parallellt_med: första}"),
    "JS123": ("- {id: a, typ: praktik, efter: [antagning, första]}", "- {id: a, typ: praktik, efter: första}"),
    "JS124": (
        "- {id: a, typ: praktik, efter: b}\n- {id: b, typ: praktik, efter: a}",
        "- {id: a, typ: praktik}\n- {id: b, typ: praktik, efter: a}",
    ),
    "JS125": ("överföringar: {igen: {mottagare: x}}", "överföringar: {igen: {mottagare: Försäkringskassan}}"),
    "JS126": (
        "- {id: a, typ: praktik, vid_resultat: {klar: avsluta, ej_klar: avsluta, avbruten: avsluta}}\n- {id: b, typ: praktik}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: avsluta, avbruten: avsluta}}\n- {id: b, typ: praktik}",
    ),
    "JS127": (
        "- {id: a, typ: praktik, från: vid behov, vid_resultat: {klar: fråga}}",
        "- {id: a, typ: praktik, vid_resultat: {klar: fråga}}",
    ),
    "JS128": (
        "- {id: a, typ: praktik, vid_resultat: {anställd: fråga}}",
        "- {id: a, typ: praktik, resultat: [anställd], vid_resultat: {anställd: fråga}}",
    ),
    "JS129": ("- {id: a, typ: praktik, vid_resultat: {ej_klar: fösta}}", "- {id: a, typ: praktik, vid_resultat: {ej_klar: första}}"),
    "JS130": (
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {överför: fk}}}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {överför: fk}}}\növerföringar: {fk: {mottagare: Försäkringskassan}}",
    ),
    "JS131": (
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: hjälp}}\n- {id: hjälp, typ: stöd, från: vid behov}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: första}}\n- {id: hjälp, typ: stöd, från: vid behov}",
    ),
    "JS132": (
        "- {id: a, typ: insats, namn: Träff, gäller: omgång}",
        "- {id: a, typ: insats, namn: Träff, gäller: omgång}\nintag: {starter: [2026-08-31]}",
    ),
    "JS133": ("- {id: a, typ: stöd, från: 2 veckor före anställning}", "- {id: a, typ: stöd, från: 2 veckor före slut på första}"),
    "JS134": (
        "- {id: a, typ: praktik, hos: sörbygg}",
        "- {id: a, typ: praktik, hos: norrbygg}\narbetsgivare: [{id: norrbygg, namn: Norrbygg AB}]",
    ),
    "JS135": ("- {id: a, typ: stöd, från: avslut}", "- {id: a, typ: stöd, från: avslut, till: 3 månader efter anställning}"),
    "JS136": (
        "intag: {minst_antal: 8, starter: [{datum: 2026-08-31, platser: 6}]}",
        "intag: {minst_antal: 6, starter: [{datum: 2026-08-31, platser: 6}]}",
    ),
    "JS139": (
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: stöd, från: vid behov}]",
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
    ),
    "JS140": (_TRACK + "arbetsgivare: [{id: a, namn: A}]", _TRACK + "arbetsgivare: [{id: a, namn: A, avtal: {undertecknat: 2026-06-01}}]"),
    "JS141": (
        "- {id: svenska, typ: insats, namn: Yrkessvenska}\n" + _VUX,
        _VUX + "\n- {id: svenska, typ: insats, namn: Yrkessvenska, parallellt_med: vux}",
    ),
    "JS142": ("uppgifter: {diagnos: [a, b]}", "uppgifter: {färdigutredd: {typ: ja/nej, åtkomst: begränsad}}"),
    "JS143": ("uppgifter: {sjukskriven: ja/nej}", "uppgifter: {sjukskriven: {typ: ja/nej, åtkomst: begränsad}}"),
    "JS144": (
        "beskrivning: Anteckna deltagarens diagnoser och medicinering.",
        "beskrivning: Anteckna vad som behövs i arbetet. Diagnoser antecknas inte.",
    ),
    "JS150": (_goal("minst: 60 %"), _goal("indikator: kolada, minst: 60 %")),
    "JS151": (_goal("indikator: kolad"), _goal("indikator: kolada")),
    "JS152": ("uppgifter: {ut: ja/nej}\n" + _goal("indikator: kolada"), "uppgifter: {utskriven: ja/nej}\n" + _goal("indikator: kolada")),
    "JS153": (_goal("status: struket"), _goal("status: struket, beslut: {datum: 2005-03-01, av: ESF-rådet, skäl: Underlaget höll inte}")),
    "JS154": (_goal("räknar: utfall = arbete, bland: inte jobb"), _goal("räknar: utfall = arbete, bland: antagna")),
    "JS155": (
        _goal("räknar: utfall = arbete, mätt: periodens slut"),
        "period: {till: 2028-01-01}\n" + _goal("räknar: utfall = arbete, mätt: periodens slut"),
    ),
    "JS156": (_goal("indikator: egen"), "uppgifter: {körkort: ja/nej}\n" + _goal("räknar: körkort")),
    "JS157": (_goal("indikator: kolada, minst: 70 %, högst: 60 %"), _goal("indikator: kolada, minst: 60 %, högst: 70 %")),
    "JS158": (
        (
            "mål:\n- {id: ut, namn: Ut, räknar: utfall = arbete, bland: inte in}\n- {id: in, namn: In, räknar: utfall = studier, bland: "
            "inte ut}"
        ),
        "mål:\n- {id: ut, namn: Ut, räknar: utfall = arbete}\n- {id: in, namn: In, räknar: utfall = studier, bland: inte ut}",
    ),
    "JS159": (_goal("indikator: kolada, minst: 60"), _goal("indikator: kolada, minst: 60 %")),
}
