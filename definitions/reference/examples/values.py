"""What breaks the rules of keys and single values, and what keeps them: for each code a bad example and a good one."""

from __future__ import annotations

from typing import Final

_HEAD: Final = "spår: x\nnamn: X\ntyp: förberedande spår\n"
_FACTS: Final = "uppgifter: {svenska: [A, B, C, D], körkort: ja/nej}\n"
VALUES_EXAMPLES: Final[dict[str, tuple[str, str]]] = {
    "JS028": ("beskrivning: " + "x" * 20_001, "beskrivning: Från sfi till arbete på lager."),
    "JS029": ('ägare: ""', "ägare: Enheten"),
    "JS030": ("ägare: [Enheten, Nämnden]", "ägare: Enheten"),
    "JS031": ("ägare:", "ägare: Enheten"),
    "JS032": ("parter: []", "parter: [kommun]"),
    "JS033": ("parter: [Kommunen AB]", "parter: [kommunen]"),
    "JS034": ("intag: {platser: tolv}", "intag: {platser: 12}"),
    "JS035": ("intag: {platser: 0}", "intag: {platser: 12}"),
    "JS036": ("period: {från: 1 september 2026}", "period: {från: 2026-09-01}"),
    "JS037": ("period: {från: 2026-02-30}", "period: {från: 2026-02-28}"),
    "JS038": ("intag: {svar_inom: 10}", "intag: {svar_inom: 10 arbetsdagar}"),
    "JS039": ("intag: {svar_inom: 0 dagar}", "intag: {svar_inom: 5 dagar}"),
    "JS040": ("- {id: a, typ: stöd, från: början}", "- {id: a, typ: stöd, från: antagning}"),
    "JS041": ("- {id: a, typ: praktik, kostnad: 12 tkr}", "- {id: a, typ: praktik, kostnad: 12000}"),
    "JS042": ("- {id: a, typ: prakktik}", "- {id: a, typ: praktik}"),
    "JS043": ("- {id: a, typ: praktik, längt: 6 veckor}", "- {id: a, typ: praktik, längd: 6 veckor}"),
    "JS044": ("- {id: a}", "- {id: a, typ: praktik}"),
    "JS045": ("period: 2026", "period: {från: 2026-01-01}"),
    "JS046": ("parter: [kommun, kommun]", "parter: [kommun, vux]"),
    "JS047": (
        "mål: [{id: ut, namn: Ut, indikator: kolada, minst: de flesta}]",
        "mål: [{id: ut, namn: Ut, indikator: kolada, minst: 60 %}]",
    ),
    "JS048": ("- {id: avslut, typ: praktik}", "- {id: slutpraktik, typ: praktik}"),
    "JS049": ("uppgifter: {nivå: [låg, mycket hög]}", "uppgifter: {nivå: [låg, mycket_hög]}"),
    "JS050": ("- {id: cv, typ: insats}", "- {id: cv, typ: insats, namn: CV och intervju}"),
    "JS051": ("- {id: första, typ: praktik}", "- {id: andra, typ: praktik}"),
    "JS052": ("arbetsgivare: [{id: a, namn: A, bransch: Bygg}]", "arbetsgivare: [{id: a, namn: A, bransch: F}]"),
    "JS053": ('arbetsgivare: [{id: a, namn: A, behov: {yrke: "71"}}]', 'arbetsgivare: [{id: a, namn: A, behov: {yrke: "7111"}}]'),
    "JS054": ("uppgifter: [körkort]", "uppgifter: {körkort: ja/nej}"),
    "JS055": ("uppgifter: {hälsa: text}", "uppgifter: {kan_arbeta: ja/nej}"),
    "JS056": ("uppgifter: {nivå: [A]}", "uppgifter: {nivå: [A, B]}"),
    "JS057": ("texter: [Bakgrund]", "texter: {Bakgrund: Behovet av folk.}"),
    "JS058": ("intag: {starter: [2026-09-01, 2026-09-01]}", "intag: {starter: [2026-09-01, 2026-10-05]}"),
    "JS059": (_FACTS + "intag: {turordning: [svenska]}", _FACTS + "intag: {turordning: [svenska högst först]}"),
    "JS061": ("intag: {turordning: [väg_in högst först]}", "intag: {turordning: [anmälan]}"),
    "JS062": ("intag: {turordning: [förtur högst först]}", "uppgifter: {förtur: ja/nej}\nintag: {turordning: [förtur högst först]}"),
    "JS063": ("överföringar: [Försäkringskassan]", "överföringar: {fk: {mottagare: Försäkringskassan}}"),
    "JS064": ("- {id: a, typ: praktik, vid_resultat: fråga}", "- {id: a, typ: praktik, vid_resultat: {ej_klar: fråga}}"),
    "JS065": (
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {sedan: fråga}}}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {gör_om: 1, sedan: fråga}}}",
    ),
    "JS066": (
        "mål: [{id: ut, namn: Ut, indikator: kolada, räknar: utfall = arbete}]",
        "mål: [{id: ut, namn: Ut, räknar: utfall = arbete}]",
    ),
    "JS068": (_HEAD + "steg: {id: a, typ: praktik}", _HEAD + "steg: [{id: a, typ: praktik}]"),
    "JS069": ("- {id: cv, typ: insats, namn: CV, brev och intervju}", '- {id: cv, typ: insats, namn: "CV, brev och intervju"}'),
}
