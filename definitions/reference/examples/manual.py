"""The track that the reference shows."""

from __future__ import annotations

from typing import Final

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
