"""Why a track as a whole is refused or remarked on: Swedish, English, a bad example and a good one."""

from __future__ import annotations

from typing import Final

_TRACK: Final = "spår: x\nnamn: X\ntyp: jobbspår\nsteg: [{id: a, typ: praktik}]\n"
_VUX: Final = "- {id: vux, typ: yrkesvux}"


def _goal(rest: str) -> str:
    return f"mål: [{{id: ut, namn: Ut, {rest}}}]"


TRACK_WHY: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS067": (
        "Allt hänvisar till id, så två filer kan inte ha samma.", "Everything names the id, so two files cannot share one.",
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
        "spår: y\nnamn: Y\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
    ),
    "JS070": (
        "Utan spår, steg eller indikator vet ingen vad filen är till för.",
        "Without track, steps or indicator nobody knows what the file is for.", "namn: Deltagare\nägare: Kommunen",
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
    ),
    "JS071": (
        "En tom mapp är oftast fel mapp; att säga att allt är väl vore fel.",
        "An empty folder is most often the wrong one; to say that all is well would be wrong.", "jobbspar check tom-mapp",
        "jobbspar check tracks",
    ),
    "JS072": (
        "Ett mått som kolada ska betyda detsamma i alla kommuner.", "A measure such as kolada must mean the same in every municipality.",
        "indikator: kolada\nnamn: Vår\nkälla: Nämnden\nräknar: utfall = arbete",
        "indikator: egen\nnamn: Vår\nkälla: Nämnden\nräknar: utfall = arbete",
    ),
    "JS101": (
        ("Ett jobbspår utgår från en arbetsgivares behov; utan arbetsgivare är det ett förberedande spår (Delegationen för unga och "
         "nyanlända till arbete)."),
        ("A jobbspår starts from an employer's need; without one it is a förberedande spår (Delegationen för unga och nyanlända till "
         "arbete)."),
        _TRACK.rstrip(), _TRACK + "arbetsgivare: [{id: a, namn: A, avtal: {undertecknat: 2026-06-01}}]",
    ),
    "JS103": (
        "En period som slutar före sin början antar ingen.", "A period that ends before it begins admits nobody.",
        "period: {från: 2026-09-01, till: 2026-08-01}", "period: {från: 2026-08-01, till: 2026-09-01}",
    ),
    "JS104": (
        "Utanför perioden antas ingen, så starten blir aldrig av.", "Nobody is admitted outside the period, so the start never comes.",
        "period: {från: 2026-09-01}\nintag: {starter: [2026-08-31]}", "period: {från: 2026-08-01}\nintag: {starter: [2026-08-31]}",
    ),
    "JS106": (
        "Starten skulle aldrig kunna fyllas.", "The start could never be filled.",
        "intag: {starter: [2026-08-31], platser: 6, minst_antal: 8}", "intag: {starter: [2026-08-31], platser: 8, minst_antal: 6}",
    ),
    "JS107": (
        "I ett löpande spår börjar var och en för sig.", "In a rolling track each begins alone.",
        "intag: {starter: löpande, minst_antal: 4}", "intag: {starter: [2026-08-31], minst_antal: 4}",
    ),
    "JS108": (
        "Diskrimineringslagen: en turordning efter ålder eller ursprung har ingen plats för ett sakligt skäl (regel 49).",
        "The Discrimination Act: an order by age or origin has no room for an objective reason (rule 49).",
        "intag: {turordning: [ålder högst först]}", "intag: {turordning: [anmälan]}",
    ),
    "JS109": (
        "Diskrimineringslagen: ett villkor på en diskrimineringsgrund behöver ett skrivet, sakligt skäl (regel 49).",
        "The Discrimination Act: a condition on a discrimination ground needs a written, objective reason (rule 49).",
        "målgrupp: {krav: [ålder >= 18]}", "målgrupp: {krav: [{regel: ålder >= 18, skäl: Maskinerna kräver det}]}",
    ),
    "JS110": (
        "Annars skulle grunden kunna användas utan skäl under ett annat namn (regel 49).",
        "Else the ground could be used without a reason under another name (rule 49).", "uppgifter: {religion: ja/nej}",
        "uppgifter: {religion: {typ: ja/nej, grund: religion}}",
    ),
    "JS111": (
        "Steget kan bara fråga efter det som får vara känt.", "The step can only ask for what may be known.",
        "- {id: a, typ: praktik, ger: [truckkort]}", "- {id: a, typ: praktik, ger: [körkort]}",
    ),
    "JS112": (
        "Det ska stå på någons arbetslista.", "It must stand on somebody's worklist.", "- {id: a, typ: praktik, ansvarig: komun}",
        "- {id: a, typ: praktik, ansvarig: kommun}",
    ),
    "JS113": (
        "Bara det som får vara känt här kan följa med (regel 46).", "Only what may be known here can go along (rule 46).",
        "överföringar: {fk: {mottagare: Försäkringskassan, tar_med: [plan]}}",
        "uppgifter: {plan: ja/nej}\növerföringar: {fk: {mottagare: Försäkringskassan, tar_med: [plan]}}",
    ),
    "JS114": (
        "Ett id är ett spår och måste finnas; annars står folk kvar i en överföring som ingen tar emot (regel 46).",
        "An id is a track and must exist; else people are left in a transfer that nobody receives (rule 46).",
        "överföringar: {fk: {mottagare: fk}}", "överföringar: {fk: {mottagare: Försäkringskassan}}",
    ),
    "JS115": (
        "Varianten säger bara vad som skiljer (regel 52).", "The variant says only what differs (rule 52).", "bygger_på: bygg-sorrort",
        "bygger_på: bygg-norrort",
    ),
    "JS116": (
        "I flera led vet ingen längre vad som gäller (regel 52).", "In several levels nobody knows any more what holds (rule 52).",
        "spår: z\nbygger_på: variant", "spår: z\nbygger_på: bas",
    ),
    "JS117": (
        "Det som inte finns kan inte tas bort (regel 52).", "What is not there cannot be removed (rule 52).",
        "spår: z\nbygger_på: bygg-norrort\nutan: [teoori]", "spår: z\nbygger_på: bygg-norrort\nutan: [teori]",
    ),
    "JS118": (
        "Utan ett spår att ändra finns inget att ta bort (regel 52).", "Without a track to change there is nothing to remove (rule 52).",
        "utan: [första]", "ägare: Enheten",
    ),
    "JS119": (
        "Felet finns i den andra filen, och rättas där.", "The fault is in the other file, and is mended there.",
        "spår: z\nbygger_på: bas", "spår: z\nbygger_på: bygg-norrort",
    ),
    "JS120": (
        "Steget skulle vänta på något som aldrig kommer.", "The step would wait for something that never comes.",
        "- {id: a, typ: praktik, efter: [fösta]}", "- {id: a, typ: praktik, efter: [första]}",
    ),
    "JS121": (
        "Ett steg i kedjan väntas in, ett bredvid den gör det inte (regel 7).",
        "A step in the chain is waited for, one beside it is not (rule 7).", "- {id: a, typ: stöd, efter: första, parallellt_med: första}",
        "- {id: a, typ: stöd, parallellt_med: första}",
    ),
    "JS123": (
        "Antagning betyder att inget steg väntas in (regel 8).", "Admission means that no step is waited for (rule 8).",
        "- {id: a, typ: praktik, efter: [antagning, första]}", "- {id: a, typ: praktik, efter: första}",
    ),
    "JS124": (
        "Ingen av dem skulle någonsin börja (regel 23).", "None of them would ever begin (rule 23).",
        "- {id: a, typ: praktik, efter: b}\n- {id: b, typ: praktik, efter: a}",
        "- {id: a, typ: praktik}\n- {id: b, typ: praktik, efter: a}",
    ),
    "JS125": (
        "En överföring avslutar här och börjar där (regel 46).", "A transfer ends here and begins there (rule 46).",
        "överföringar: {igen: {mottagare: x}}", "överföringar: {igen: {mottagare: Försäkringskassan}}",
    ),
    "JS126": (
        "Ett steg som ingen når är ett misstag om vägen dit.", "A step that nobody reaches is a mistake about the way there.",
        "- {id: a, typ: praktik, vid_resultat: {klar: avsluta, ej_klar: avsluta, avbruten: avsluta}}\n- {id: b, typ: praktik}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: avsluta, avbruten: avsluta}}\n- {id: b, typ: praktik}",
    ),
    "JS127": (
        "Ett steg bredvid kedjan leder ingenstans; dess resultat kan efterfrågas (regel 27).",
        "A step beside the chain leads nowhere; its result may be asked for (rule 27).",
        "- {id: a, typ: praktik, från: vid behov, vid_resultat: {klar: fråga}}", "- {id: a, typ: praktik, vid_resultat: {klar: fråga}}",
    ),
    "JS128": (
        "Det resultatet vägras när någon rapporterar det (regel 17).", "That result is refused when somebody reports it (rule 17).",
        "- {id: a, typ: praktik, vid_resultat: {anställd: fråga}}",
        "- {id: a, typ: praktik, resultat: [anställd], vid_resultat: {anställd: fråga}}",
    ),
    "JS129": (
        "Resultatet skulle leda till inget.", "The result would lead to nothing.",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: fösta}}", "- {id: a, typ: praktik, vid_resultat: {ej_klar: första}}",
    ),
    "JS130": (
        "Vart, på vilket villkor och med vilka uppgifter står under överföringar (regel 46).",
        "Where to, on what condition and with which facts stands under transfers (rule 46).",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {överför: fk}}}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {överför: fk}}}\növerföringar: {fk: {mottagare: Försäkringskassan}}",
    ),
    "JS131": (
        "Ett steg bredvid kedjan börjar av sin tidpunkt, inte av ett resultat (regel 27).",
        "A step beside the chain begins by its point, not by a result (rule 27).",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: hjälp}}\n- {id: hjälp, typ: stöd, från: vid behov}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: första}}\n- {id: hjälp, typ: stöd, från: vid behov}",
    ),
    "JS132": (
        "I ett löpande spår finns ingen omgång (regel 32).", "A rolling track has no common start (rule 32).",
        "- {id: a, typ: insats, namn: Träff, gäller: omgång}",
        "- {id: a, typ: insats, namn: Träff, gäller: omgång}\nintag: {starter: [2026-08-31]}",
    ),
    "JS133": (
        "Före något går bara att räkna när dagen är känd i förväg (regel 28).",
        "Before something can be counted only if its day is known ahead (rule 28).",
        "- {id: a, typ: stöd, från: 2 veckor före anställning}", "- {id: a, typ: stöd, från: 2 veckor före slut på första}",
    ),
    "JS134": (
        "En placering görs hos en av spårets arbetsgivare (regel 33).", "A placement is with one of the track's employers (rule 33).",
        "- {id: a, typ: praktik, hos: sörbygg}",
        "- {id: a, typ: praktik, hos: norrbygg}\narbetsgivare: [{id: norrbygg, namn: Norrbygg AB}]",
    ),
    "JS135": (
        "Efter avslut går bara det vidare som räknas från anställning (regel 30).",
        "After exit only what counts from employment goes on (rule 30).", "- {id: a, typ: stöd, från: avslut}",
        "- {id: a, typ: stöd, från: avslut, till: 3 månader efter anställning}",
    ),
    "JS139": (
        "Utan ett steg i kedjan är spåret fullföljt när det börjar (regel 43).",
        "Without a step in the chain the track is completed as it begins (rule 43).",
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: stöd, från: vid behov}]",
        "spår: x\nnamn: X\ntyp: förberedande spår\nsteg: [{id: a, typ: praktik}]",
    ),
    "JS140": (
        "Avsiktsförklaringen säger vem som ansvarar för vad och är grinden till rekryteringen; före den erbjuds ingen plats (regel 35).",
        "The letter of intent says who is responsible for what and is the gate of recruitment; no place is offered before it (rule 35).",
        _TRACK + "arbetsgivare: [{id: a, namn: A}]", _TRACK + "arbetsgivare: [{id: a, namn: A, avtal: {undertecknat: 2026-06-01}}]",
    ),
    "JS141": (
        ("Svenska parallellt med yrkesutbildning eller inbyggt i den ger resultat; kurser efter varandra ger ingen vinst och tröttar "
         "ut (DUA:s erfarenheter, IFAU om Göteborg)."),
        ("Language beside vocational training or built into it gives results; courses laid one after another give no gain and tire "
         "people out (DUA's experience, IFAU on Göteborg)."),
        "- {id: svenska, typ: insats, namn: Yrkessvenska}\n" + _VUX,
        _VUX + "\n- {id: svenska, typ: insats, namn: Yrkessvenska, parallellt_med: vux}",
    ),
    "JS142": (
        "Hälsa är en känslig uppgift: det grova skälet räcker, och diagnoser har ingen plats i språket.",
        "Health is sensitive: the coarse reason is enough, and diagnoses have no place in the language.",
        "uppgifter: {diagnos: [a, b]}", "uppgifter: {färdigutredd: {typ: ja/nej, åtkomst: begränsad}}",
    ),
    "JS150": (
        "Det som inte räknas kan inte nås.", "What is not counted cannot be reached.", _goal("minst: 60 %"),
        _goal("indikator: kolada, minst: 60 %"),
    ),
    "JS151": (
        "Samma personer ger olika svar i olika mått, så måttet måste vara känt.",
        "The same people give different answers in different measures, so the measure must be known.", _goal("indikator: kolad"),
        _goal("indikator: kolada"),
    ),
    "JS152": (
        "“inte ut” skulle kunna betyda målet eller uppgiften (regel 51).", "“not ut” could mean the goal or the fact (rule 51).",
        "uppgifter: {ut: ja/nej}\n" + _goal("indikator: kolada"), "uppgifter: {utskriven: ja/nej}\n" + _goal("indikator: kolada"),
    ),
    "JS153": (
        "Jobbnätets mål C ströks med datum, skäl och beslutsfattare; utan dem ser ett struket mål ut som ett glömt.",
        "Jobbnätet's goal C was struck with a date, a reason and a decider; without them a struck goal looks like a forgotten one.",
        _goal("status: struket"), _goal("status: struket, beslut: {datum: 2005-03-01, av: ESF-rådet, skäl: Underlaget höll inte}"),
    ),
    "JS154": (
        "Resten efter ett mål finns bara om målet räknar någon (regel 51).",
        "The rest after a goal exists only if the goal counts somebody (rule 51).", _goal("räknar: utfall = arbete, bland: inte jobb"),
        _goal("räknar: utfall = arbete, bland: antagna"),
    ),
    "JS155": (
        "Utan slutdag finns ingen dag att mäta på.", "Without a last day there is no day to measure.",
        _goal("räknar: utfall = arbete, mätt: periodens slut"),
        "period: {till: 2028-01-01}\n" + _goal("räknar: utfall = arbete, mätt: periodens slut"),
    ),
    "JS156": (
        "Ett färdigt mått kan fråga efter vad spåret inte vet.", "A ready measure may ask for what the track does not know.",
        _goal("indikator: egen"), "uppgifter: {körkort: ja/nej}\n" + _goal("räknar: körkort"),
    ),
    "JS157": (
        "Målet skulle aldrig kunna nås.", "The goal could never be met.", _goal("indikator: kolada, minst: 70 %, högst: 60 %"),
        _goal("indikator: kolada, minst: 60 %, högst: 70 %"),
    ),
    "JS158": (
        "Ingen av grupperna skulle kunna räknas först.", "None of the groups could be counted first.",
        ("mål:\n- {id: ut, namn: Ut, räknar: utfall = arbete, bland: inte in}\n- {id: in, namn: In, räknar: utfall = studier, bland: "
         "inte ut}"),
        "mål:\n- {id: ut, namn: Ut, räknar: utfall = arbete}\n- {id: in, namn: In, räknar: utfall = studier, bland: inte ut}",
    ),
}  # fmt: skip
