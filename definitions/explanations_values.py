"""Why a key or a single value is refused: Swedish, English, a bad example and a good one."""

from __future__ import annotations

from typing import Final

_HEAD: Final = "spår: x\nnamn: X\ntyp: förberedande spår\n"
_FACTS: Final = "uppgifter: {svenska: [A, B, C, D], körkort: ja/nej}\n"
VALUES_WHY: Final[dict[str, tuple[str, str, str, str]]] = {
    "JS028": (
        "Texterna trycks i handbok och rapport; ett helt underlag hör inte dit.",
        "The texts are printed in handbook and report; whole papers do not belong there.",
        "beskrivning: " + "x" * 20_001, "beskrivning: Från sfi till arbete på lager.",
    ),
    "JS029": ("Ett tomt värde säger inget.", "An empty value says nothing.", 'ägare: ""', "ägare: Enheten"),
    "JS030": ("Nyckeln har ett enda värde.", "The key has a single value.", "ägare: [Enheten, Nämnden]", "ägare: Enheten"),
    "JS031": (
        "En nyckel utan värde är oftast en rad som blev ofärdig.", "A key without a value is most often an unfinished line.", "ägare:",
        "ägare: Enheten",
    ),
    "JS032": (
        "En tom lista kan betyda inga eller inte ifyllt; nyckeln utelämnas i stället.",
        "An empty list can mean none or not filled in; the key is left out instead.", "parter: []", "parter: [kommun]",
    ),
    "JS033": (
        "Id skrivs i villkor, filer och kommandon, så bokstäverna måste vara desamma överallt.",
        "Ids are written in conditions, files and commands, so their letters must be the same everywhere.", "parter: [Kommunen AB]",
        "parter: [kommunen]",
    ),
    "JS034": (
        "Det som räknas räknas i hela tal.", "What is counted is counted in whole numbers.", "intag: {platser: tolv}",
        "intag: {platser: 12}",
    ),
    "JS035": (
        "Ett orimligt tal är ett skrivfel.", "An unreasonable number is a slip of the pen.", "intag: {platser: 0}", "intag: {platser: 12}",
    ),
    "JS036": (
        "År-månad-dag läses lika av alla.", "Year-month-day reads the same to everybody.", "period: {från: 1 september 2026}",
        "period: {från: 2026-09-01}",
    ),
    "JS037": (
        "Tider räknas i verkliga dagar (regel 1).", "Time is counted in real days (rule 1).", "period: {från: 2026-02-30}",
        "period: {från: 2026-02-28}",
    ),
    "JS038": (
        "Dagar, arbetsdagar, veckor och månader räknas olika (regel 1–3).",
        "Days, working days, weeks and months are counted differently (rules 1–3).", "intag: {svar_inom: 10}",
        "intag: {svar_inom: 10 arbetsdagar}",
    ),
    "JS039": (
        "Noll tid eller flera hundra år är skrivfel.", "No time at all, or hundreds of years, are slips of the pen.",
        "intag: {svar_inom: 0 dagar}", "intag: {svar_inom: 5 dagar}",
    ),
    "JS040": (
        "Ett steg bredvid kedjan räknas från något som händer deltagaren (regel 25–30).",
        "A step beside the chain counts from something that happens to the participant (rules 25–30).",
        "- {id: a, typ: stöd, från: början}", "- {id: a, typ: stöd, från: antagning}",
    ),
    "JS041": (
        "Kostnaden räknas i hela kronor vid stegets start, eller per vecka (regel 50).",
        "Cost is counted in whole kronor at the step's start, or per week (rule 50).",
        "- {id: a, typ: praktik, kostnad: 12 tkr}", "- {id: a, typ: praktik, kostnad: 12000}",
    ),
    "JS042": (
        "Bara de ord som språket känner har en mening.", "Only the words that the language knows have a meaning.",
        "- {id: a, typ: prakktik}", "- {id: a, typ: praktik}",
    ),
    "JS043": (
        "En felstavad nyckel som tyst hoppas över är ett av de vanligaste felen i sådana filer.",
        "A misspelt key that is silently skipped is among the commonest faults in such files.",
        "- {id: a, typ: praktik, längt: 6 veckor}", "- {id: a, typ: praktik, längd: 6 veckor}",
    ),
    "JS044": (
        "Utan den nyckeln går det inte att veta vad som menas.", "Without that key nobody can know what is meant.", "- {id: a}",
        "- {id: a, typ: praktik}",
    ),
    "JS045": (
        "Här finns flera saker att säga, var och en med sin nyckel.", "There are several things to say here, each with its key.",
        "period: 2026", "period: {från: 2026-01-01}",
    ),
    "JS046": (
        "Samma sak två gånger är ett misstag om vad som skulle stå.", "The same thing twice is a mistake about what was meant.",
        "parter: [kommun, kommun]", "parter: [kommun, vux]",
    ),
    "JS047": (
        "Om målet är nått räknas ut, så gränsen måste vara ett tal.", "Whether the goal is met is computed, so the limit must be a number.",
        "mål: [{id: ut, namn: Ut, indikator: kolada, minst: de flesta}]", "mål: [{id: ut, namn: Ut, indikator: kolada, minst: 60 %}]",
    ),
    "JS048": (
        "Ordet betyder redan något i villkor, tidpunkter och åtgärder.",
        "The word already means something in conditions, points and actions.", "- {id: avslut, typ: praktik}",
        "- {id: slutpraktik, typ: praktik}",
    ),
    "JS049": (
        "Värdet ska kunna stå i ett villkor, och där skiljer mellanslag orden åt.",
        "The value must be able to stand in a condition, where spaces part words.", "uppgifter: {nivå: [låg, mycket hög]}",
        "uppgifter: {nivå: [låg, mycket_hög]}",
    ),
    "JS050": (
        "En insats kan vara vad som helst, så bara namnet säger vad.", "An insats may be anything, so only its name says what.",
        "- {id: cv, typ: insats}", "- {id: cv, typ: insats, namn: CV och intervju}",
    ),
    "JS051": (
        "Id är det som andra rader hänvisar till.", "The id is what other lines refer to.", "- {id: första, typ: praktik}",
        "- {id: andra, typ: praktik}",
    ),
    "JS052": (
        "Resultat redovisas per bransch enligt SNI 2007; i några branscher anställs nära 90 %.",
        "Results are told by sector of SNI 2007; in some, near 90 % are hired.",
        "arbetsgivare: [{id: a, namn: A, bransch: Bygg}]", "arbetsgivare: [{id: a, namn: A, bransch: F}]",
    ),
    "JS053": (
        "Yrket är en kod i SSYK 2012, så att spår för samma yrke känns igen (regel 38).",
        "The occupation is a code of SSYK 2012, so that tracks for the same one are recognised (rule 38).",
        'arbetsgivare: [{id: a, namn: A, behov: {yrke: "71"}}]', 'arbetsgivare: [{id: a, namn: A, behov: {yrke: "7111"}}]',
    ),
    "JS054": ("Varje uppgift har en typ.", "Each fact has a type.", "uppgifter: [körkort]", "uppgifter: {körkort: ja/nej}"),
    "JS055": (
        "Ingen fri text: den drar till sig diagnoser och går inte att jämföra.", "No free text: it draws diagnoses and cannot be compared.",
        "uppgifter: {hälsa: text}", "uppgifter: {kan_arbeta: ja/nej}",
    ),
    "JS056": (
        "Med ett enda val finns inget att välja.", "With one choice there is nothing to choose.", "uppgifter: {nivå: [A]}",
        "uppgifter: {nivå: [A, B]}",
    ),
    "JS057": (
        "Texterna trycks under sina rubriker.", "The texts are printed under their headings.", "texter: [Bakgrund]",
        "texter: {Bakgrund: Behovet av folk.}",
    ),
    "JS058": (
        "En start är en dag; två samma dag går inte att skilja åt.", "A start is a day; two on one day cannot be told apart.",
        "intag: {starter: [2026-09-01, 2026-09-01]}", "intag: {starter: [2026-09-01, 2026-10-05]}",
    ),
    "JS059": (
        "Kön ska kunna förklaras för den som står i den (regel 38).", "The queue must be explained to those who stand in it (rule 38).",
        _FACTS + "intag: {turordning: [svenska]}", _FACTS + "intag: {turordning: [svenska högst först]}",
    ),
    "JS061": (
        "Det går bara att ordna efter det som har en ordning.", "One can only order by what has an order.",
        "intag: {turordning: [väg_in högst först]}", "intag: {turordning: [anmälan]}",
    ),
    "JS062": (
        "Kön ordnas bara efter det som är känt om deltagaren.", "The queue is ordered only by what is known of a participant.",
        "intag: {turordning: [förtur högst först]}", "uppgifter: {förtur: ja/nej}\nintag: {turordning: [förtur högst först]}",
    ),
    "JS063": (
        "Stegen hänvisar till en överföring med dess id.", "The steps refer to a transfer by its id.",
        "överföringar: [Försäkringskassan]", "överföringar: {fk: {mottagare: Försäkringskassan}}",
    ),
    "JS064": (
        "Varje resultat leder till något för sig (regel 19).", "Each result leads to something of its own (rule 19).",
        "- {id: a, typ: praktik, vid_resultat: fråga}", "- {id: a, typ: praktik, vid_resultat: {ej_klar: fråga}}",
    ),
    "JS065": (
        "Motorn kan gå vidare, fråga, föreslå avslut, gå till ett steg, göra om eller föreslå överföring, inget annat.",
        "The engine can go on, ask, propose the end, go to a step, do it again or propose a transfer, and nothing else.",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {sedan: fråga}}}",
        "- {id: a, typ: praktik, vid_resultat: {ej_klar: {gör_om: 1, sedan: fråga}}}",
    ),
    "JS066": (
        "Ett färdigt mått är detsamma överallt; annars skulle samma namn betyda olika saker.",
        "A ready measure is the same everywhere; else one name would mean different things.",
        "mål: [{id: ut, namn: Ut, indikator: kolada, räknar: utfall = arbete}]", "mål: [{id: ut, namn: Ut, räknar: utfall = arbete}]",
    ),
    "JS068": ("Stegen har en ordning, så de står i en lista.", "Steps have an order, so they stand in a list.",
        _HEAD + "steg: {id: a, typ: praktik}", _HEAD + "steg: [{id: a, typ: praktik}]"),
    "JS069": (
        "Inom klamrar skiljer kommatecken nycklar åt.", "Inside brackets a comma parts keys.",
        "- {id: cv, typ: insats, namn: CV, brev och intervju}", '- {id: cv, typ: insats, namn: "CV, brev och intervju"}',
    ),
}  # fmt: skip
