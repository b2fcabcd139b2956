"""What each key of a step, an action and a goal means: Swedish, English, the default, and an example in Swedish words."""

from __future__ import annotations

from typing import Final

STEP_KEYS: Final[dict[str, tuple[str, str, str, str]]] = {
    "step.id": (
        "Stegets id, som andra steg och villkor hänvisar till.", "The id of the step, by which steps and conditions name it.", "",
        "slutpraktik",
    ),
    "step.type": (
        "Vad för slags steg det är. Praktik och förberedande anställning behöver en arbetsgivare (regel 33).",
        "What kind of step it is. Praktik and förberedande anställning need an employer (rule 33).", "", "praktik",
    ),
    "step.name": (
        "Stegets namn; krävs för en insats, annars heter steget som sin typ.",
        "The name of the step; needed for an insats, else the step is called as its type.", "", "Körkortsteori",
    ),
    "step.description": (
        "Vad som görs, till handboken.", "What is done, for the handbook.", "", "Handledaren skriver ett omdöme varje vecka.",
    ),
    "step.responsible": (
        "Vems arbetslista steget står på: en av parterna, eller arbetsgivaren. Annars den första parten.",
        "On whose worklist the step stands: one of the partners, or the employer. Else the first partner.", "", "vuxenutbildningen",
    ),
    "step.subject": (
        "Vem steget handlar om. Ett steg om arbetsgivaren görs en gång per arbetsgivare och start (regel 32).",
        "About whom the step is. One about the employer is done once per employer and start (rule 32).", "deltagare", "arbetsgivare",
    ),
    "step.after": (
        "De steg som väntas in, alla. Annars varje tidigare steg i kedjan som inget mellanliggande redan följer (regel 8).",
        "The steps that are waited for, all of them. Else each earlier chain step that none between already follows (rule 8).", "",
        "[kartläggning, vux]",
    ),
    "step.alongside": (
        "Steget börjar och slutar med det andra, parallellt (regel 25).", "The step starts and ends with the other, beside it (rule 25).",
        "", "vux",
    ),
    "step.from": (
        "När ett steg bredvid kedjan börjar: en tidpunkt, eller vid behov (regel 31).",
        "When a step beside the chain begins: a point in time, or when needed (rule 31).", "antagning", "2 veckor före slut på praktik",
    ),
    "step.until": (
        "När ett steg bredvid kedjan senast slutar (regel 28–30).",
        "When a step beside the chain ends at the latest (rules 28–30).", "avslut", "3 månader efter anställning",
    ),
    "step.when": (
        "Är villkoret falskt hoppas steget över; okänt väntar, med uppgiften på arbetslistan (regel 10).",
        "If false, the step is skipped; unknown waits, with the fact on the worklist (rule 10).", "", "inte körkort",
    ),
    "step.requires": (
        "Är villkoret inte sant väntar steget tills det är det.", "If not true, the step waits until it is.", "", "resultat(teori) = klar",
    ),
    "step.length": (
        "Planerad tid, räknad från stegets egen start. Vid slutet ska det rapporteras (regel 14).",
        "Planned time, counted from the step's own start. At its end a report is due (rule 14).", "", "6 veckor",
    ),
    "step.start_within": (
        "Någon ska rapportera att steget började inom den tiden (regel 12).",
        "Somebody must report that the step began within that time (rule 12).", "", "5 arbetsdagar",
    ),
    "step.starts": (
        "Steget börjar bara de dagarna: den första som inte passerat (regel 13).",
        "The step begins only on these days: the first not yet past (rule 13).", "", "[2026-09-21, 2027-02-22]",
    ),
    "step.places": (
        "Hur många som kan gå steget samtidigt, i allt eller hos varje arbetsgivare (regel 34).",
        "How many can be in the step at one time, in all or with each employer (rule 34).", "", "{norrbygg: 6, betong: 4}",
    ),
    "step.employer": ("De arbetsgivare där steget kan göras.", "The employers where the step may be.", "", "[norrbygg]"),
    "step.phases": (
        "Ordnade märken inom steget, rapporterade ett i taget (regel 16).",
        "Ordered marks inside the step, reported one by one (rule 16).", "", "[praktikorientering, kompetensanalys, utbildningsplan]",
    ),
    "step.gives": (
        "De uppgifter som efterfrågas i stegets rapport (regel 16).",
        "The facts that are asked for with the report of the step (rule 16).", "", "[körkort]",
    ),
    "step.results": ("Fler resultat än de inbyggda (regel 17).", "More results than the built-in ones (rule 17).", "", "[anställd]"),
    "step.on_result": (
        "Vad ett resultat leder till. Annars vidare vid klar, och fråga vid ej klar och avbruten (regel 19).",
        "What a result leads to. Else next for done, and ask for not passed and interrupted (rule 19).", "",
        "{ej_klar: {gör_om: 1, sedan: fråga}}",
    ),
    "step.contact_every": ("Så ofta står en kontakt på arbetslistan.", "So often a contact stands on the worklist.", "", "2 veckor"),
    "step.hours_per_week": ("Planerade timmar i veckan för en deltagare.", "Planned hours a week for one participant.", "", "30"),
    "step.cost": (
        "Planerad kostnad för en deltagare: för hela steget, eller per påbörjad vecka (regel 50).",
        "Planned cost of one participant: for the whole step, or for each week begun (rule 50).", "", "1200 per vecka",
    ),
    "goto.goto": ("Steget att gå till, bakåt eller framåt (regel 22).", "The step to go to, back or forward (rule 22).", "", "team"),
    "goto.at_most": ("Högst så många gånger för en inskrivning (regel 23).", "At most so many times for an enrolment (rule 23).", "1", "3"),
    "goto.then": ("Vad som görs när gångerna är slut.", "What is done when the times are used up.", "fråga", "avsluta"),
    "retry.retry": (
        "Gör om steget så många gånger: full längd och ny kostnad, samma plats (regel 21).",
        "Do the step again so many times: full length and cost anew, the same place (rule 21).", "", "1",
    ),
    "retry.then": ("Vad som görs när gångerna är slut.", "What is done when the times are used up.", "fråga", "nästa"),
    "transfer action.transfer": (
        "Föreslår en av spårets överföringar; en person beslutar (regel 20).",
        "Proposes one of the track's transfers; a person decides (rule 20).", "", "fk",
    ),
    "goal.id": ("Målets id; det får inte heta som en uppgift.", "The id of the goal; it may not be called as a fact is.", "", "ut"),
    "goal.name": ("Målets namn, som folk läser det.", "The name of the goal, as people read it.", "", "Till arbete eller studier"),
    "goal.indicator": (
        "Ett färdigt mått: kolada, esf, dua_completed, dua_hired, jobbnatet_end, jobbnatet_ever, eller ett eget.",
        "A ready measure: kolada, esf, dua_completed, dua_hired, jobbnatet_end, jobbnatet_ever, or one of your own.", "", "kolada",
    ),
    "goal.counts": (
        "Vem som räknas i täljaren, när målet inte använder ett färdigt mått.",
        "Who is counted in the numerator, where the goal uses no ready measure.", "", "utfall = arbete",
    ),
    "goal.among": (
        "Vilka som räknas i nämnaren: avslutade, antagna, ett villkor, eller de som ett annat mål inte räknar (regel 51).",
        "Who is counted in the denominator: exits, admitted, a condition, or those another goal does not count (rule 51).", "avslutade",
        "inte ut",
    ),
    "goal.at": ("Vilken dag som mäts.", "The day that is measured.", "avslut", "periodens slut"),
    "goal.at_least": ("Nått när måttet är minst så.", "Met when the measure is at least this.", "", "60 %"),
    "goal.at_most": ("Nått när måttet är högst så.", "Met when the measure is at most this.", "", "20 %"),
    "goal.status": (
        "Ett struket mål räknas inte mer, och behöver ett beslut.", "A struck goal counts no more, and needs a decision.", "gällande",
        "struket",
    ),
    "goal.decision": (
        "Vem som strök målet, när och varför.", "Who struck the goal, when and why.", "",
        "{datum: 2005-03-01, av: ESF-rådet, skäl: Underlaget höll inte}",
    ),
    "goal.comparison": (
        "En siffra från annat håll, tryckt bredvid och aldrig hopblandad.", "A figure from elsewhere, printed beside and never mixed in.",
        "", "{namn: Riket, värde: 41 %, källa: Kolada}",
    ),
    "decision.date": ("Dagen för beslutet.", "The day of the decision.", "", "2005-03-01"),
    "decision.by": ("Vem som beslöt.", "Who decided.", "", "ESF-rådet"),
    "decision.reason": ("Varför.", "Why.", "", "Underlaget höll inte"),
    "comparison.name": ("Vad siffran gäller.", "What the figure is about.", "", "Riket"),
    "comparison.value": ("Siffran, som den står i källan.", "The figure, as the source has it.", "", "41 %"),
    "comparison.date": ("Dagen siffran gäller.", "The day of the figure.", "", "2026-01-01"),
    "comparison.source": ("Var siffran står.", "Where the figure stands.", "", "Kolada"),
}  # fmt: skip
