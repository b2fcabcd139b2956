"""What each key of a track means, but those of its steps and goals: Swedish, English, the default, and an example in Swedish words."""

from __future__ import annotations

from typing import Final

# section.key: (Swedish, English, default, example); an empty default means that there is none.
TRACK_KEYS: Final[dict[str, tuple[str, str, str, str]]] = {
    "track.track": (
        "Spårets id, som allt annat hänvisar till. Det ändras inte när spåret satts i kraft.",
        "The id of the track, by which all else names it. It does not change once the track is in force.", "", "lager-norr",
    ),
    "track.name": ("Spårets namn, som folk läser det.", "The name of the track, as people read it.", "", "Lagermedarbetare Norr"),
    "track.type": (
        "Ett jobbspår har minst en arbetsgivare; utan arbetsgivare är det ett förberedande spår.",
        "A jobbspår has at least one employer; without one it is a förberedande spår.", "", "jobbspår",
    ),
    "track.based_on": (
        "Id för det spår som detta är en lokal variant av; det som står här ersätter (regel 52).",
        "The id of the track that this is a local variant of; what stands here replaces (rule 52).", "", "bygg-norrort",
    ),
    "track.without": (
        "De steg i det ursprungliga spåret som varianten inte har (regel 52).",
        "The steps of the original track that the variant leaves out (rule 52).", "", "[teori]",
    ),
    "track.description": (
        "Vad spåret är, till handbok och rapport.", "What the track is, for the handbook and the report.", "",
        "Från sfi till arbete på lager.",
    ),
    "track.texts": (
        "Fler texter till handboken, var och en under sin rubrik: bakgrund, hinder …",
        "More texts for the handbook, each under its heading: background, obstacles …", "", "{Hinder: Körtiden till praktiken.}",
    ),
    "track.programme": (
        "Spår i samma program rapporteras ihop; en överföring mellan dem är inget avslut.",
        "Tracks of one programme report together; a transfer between them is no exit.", "", "jobbtorg-jönköping",
    ),
    "track.owner": ("Vem som driver spåret.", "Who runs the track.", "", "Arbetsmarknadsenheten"),
    "track.partners": (
        "De som kan vara ansvariga för ett steg. Den första är det när inget annat sägs.",
        "Those who may be responsible for a step. The first is, where nothing else is said.", "", "[kommun, vuxenutbildningen]",
    ),
    "track.period": (
        "När någon kan antas; utanför perioden antas ingen.", "When somebody may be admitted; nobody is outside the period.", "",
        "{från: 2026-09-01, till: 2028-07-01}",
    ),
    "track.employers": (
        "Arbetsgivarna vars behov av folk spåret utgår från.", "The employers whose need of people the track starts from.", "",
        "[{id: lagerhuset, namn: Lagerhuset AB, bransch: H}]",
    ),
    "track.facts": (
        "Vad som får vara känt om en deltagare, var och en med sin typ. Ingen fri text, inga diagnoser.",
        "What may be known of a participant, each with its type. No free text, no diagnoses.", "",
        "{svenska: [A, B, C, D], körkort: ja/nej}",
    ),
    "track.target_group": ("För vem spåret är.", "For whom the track is.", "", "{krav: [svenska >= B]}"),
    "track.intake": (
        "Hur folk kommer in: starter, platser och turordning.", "How people come in: starts, places and the order of the queue.", "",
        "{starter: löpande, platser: 12}",
    ),
    "track.steps": (
        "Kedjan av steg. De går i den ordning de står, om inget annat sägs (regel 7–8).",
        "The chain of steps. They run in the order written, unless said otherwise (rules 7–8).", "",
        "[{id: kartläggning, typ: kartläggning, längd: 2 veckor}]",
    ),
    "track.follow_up": (
        "När utfallet efterfrågas efter avslut, så som det var den dagen.",
        "When the outcome is asked for after exit, as it was on that day.", "[avslut, 1 månad, 3 månader, 6 månader]",
        "[avslut, 3 månader]",
    ),
    "track.transfers": (
        "Vägarna till andra spår och myndigheter, med id (regel 46).",
        "The ways to other tracks and authorities, by id (rule 46).", "", "{fk: {mottagare: Försäkringskassan, tar_med: [körkort]}}",
    ),
    "track.goals": (
        "Vad som ska nås, och hur det räknas.", "What is to be reached, and how it is counted.", "",
        "[{id: ut, namn: Till arbete eller studier, indikator: kolada, minst: 60 %}]",
    ),
    "indicator file.indicator": ("Måttets id.", "The id of the measure.", "", "egen_sysselsättning"),
    "indicator file.name": ("Måttets namn.", "The name of the measure.", "", "I sysselsättning efter tre månader"),
    "indicator file.source": (
        "Varifrån definitionen kommer; den skrivs ut med varje siffra.",
        "Where the definition comes from; it is printed with every figure.", "", "Nämndens beslut 2026-03-04",
    ),
    "indicator file.counts": (
        "Vem som räknas i täljaren.", "Who is counted in the numerator.", "", "utfall = arbete och varade(1 månad)",
    ),
    "indicator file.among": (
        "Vilka som räknas i nämnaren.", "Who is counted in the denominator.", "avslutade", "antagna",
    ),
    "indicator file.at": ("Vilken dag som mäts.", "The day that is measured.", "avslut", "3 månader efter avslut"),
    "period.from": ("Första dagen någon kan antas.", "The first day on which somebody may be admitted.", "", "2026-09-01"),
    "period.until": (
        "Dagen då perioden är slut; den dagen antas ingen. Mål kan mätas vid periodens slut.",
        "The day on which the period is over; nobody is admitted on it. Goals may be measured at the end of the period.", "",
        "2028-07-01",
    ),
    "employer.id": ("Arbetsgivarens id.", "The id of the employer.", "", "norrbygg"),
    "employer.name": ("Arbetsgivarens namn.", "The name of the employer.", "", "Norrbygg AB"),
    "employer.sector": (
        "Avdelningens bokstav i SNI 2007; resultat visas även per bransch.",
        "The letter of the section in SNI 2007; results are shown by sector too.", "", "F",
    ),
    "employer.need": (
        "Hur många arbetsgivaren behöver, och i vilket yrke.", "How many the employer needs, and in which occupation.", "",
        '{yrke: "7111", tjänster: 6}',
    ),
    "employer.requires": (
        "Arbetsgivarens egna krav för en placering (regel 33).", "The employer's own conditions for a placement (rule 33).", "",
        "[körkort]",
    ),
    "employer.agreement": (
        "Avsiktsförklaringen. Före den erbjuds ingen plats till en start hos arbetsgivaren (regel 35).",
        "The letter of intent. No offer is made for a start with the employer before it (rule 35).", "",
        "{typ: avsiktsförklaring, undertecknat: 2026-06-10}",
    ),
    "need.occupation": ("Fyra siffror enligt SSYK 2012.", "Four digits of SSYK 2012.", "", '"7111"'),
    "need.positions": ("Hur många tjänster det gäller.", "How many positions there are.", "", "6"),
    "agreement.type": ("Vad för slags avtal det är.", "What kind of agreement it is.", "", "avsiktsförklaring"),
    "agreement.reference": ("Avtalets beteckning eller diarienummer.", "The reference of the agreement.", "", "AMN 2026/41"),
    "agreement.signed": ("Dagen då det undertecknades.", "The day on which it was signed.", "", "2026-06-10"),
    "fact.type": (
        "Ja/nej, tal, datum, eller en lista av val med det lägsta först.",
        "Yes/no, number, date, or a list of choices with the lowest first.", "", "[A, B, C, D]",
    ),
    "fact.name": ("Uppgiftens namn, som folk läser det.", "The name of the fact, as people read it.", "", "Sfi-kurs som är klar"),
    "fact.access": ("Begränsad döljer uppgiften utanför ärendet.", "Restricted hides the fact outside the case.", "", "begränsad"),
    "fact.ground": (
        "Den diskrimineringsgrund som uppgiften rör; ett villkor på den behöver ett skäl (regel 49).",
        "The discrimination ground that the fact touches; a condition on it needs a reason (rule 49).", "", "funktionsnedsättning",
    ),
    "target_group.entry": ("Villkor för att få en plats (regel 37).", "Conditions for getting a place (rule 37).", "", "[svenska >= B]"),
    "target_group.ongoing": (
        "Villkor för att ha kvar platsen; ett tydligt nej ger ett förslag på arbetslistan (regel 41).",
        "Conditions for keeping the place; a clear no gives a proposal on the worklist (rule 41).", "",
        "{regel: ålder <= 24, skäl: Avtalet gäller unga}",
    ),
    "intake.starts": (
        "Gemensamma starter med datum, eller löpande.", "Common starts with dates, or rolling.", "löpande",
        "[2026-08-31, {datum: 2027-02-01, platser: 6}]",
    ),
    "intake.places": (
        "Platser per start; i ett löpande spår samtidigt. Utan tal är de obegränsade.",
        "Places at each start; in a rolling track at one time. Without a number they are unlimited.", "", "12",
    ),
    "intake.minimum": (
        "Under detta antal antas ingen på startdagen förrän en person beslutat (regel 40).",
        "Below this number nobody is admitted on the start day until a person decides (rule 40).", "1", "8",
    ),
    "intake.order": (
        "Vad som avgör vem som står först i kön, läst från vänster (regel 38).",
        "What decides who stands first in the queue, read from the left (rule 38).", "[företräde, anmälan]",
        "[företräde, dagar_sedan(inskriven) högst först]",
    ),
    "intake.offer_before_start": (
        "Så långt före en start går erbjudanden ut.", "Offers go out so long before a start.", "4 veckor", "6 veckor",
    ),
    "intake.answer_within": (
        "Så länge gäller ett erbjudande (regel 39).", "An offer is valid so long (rule 39).", "10 arbetsdagar", "5 arbetsdagar",
    ),
    "intake.join_within": (
        "Så långt efter starten fylls en plats som blivit ledig (regel 42).",
        "A place that became free is filled so long after the start (rule 42).", "", "2 veckor",
    ),
    "intake.caseload": (
        "Varnar när en handläggare har fler ärenden.", "Warns when a caseworker has more cases.", "", "30",
    ),
    "start.date": (
        "Startdagen, som också är antagningsdagen (regel 36).", "The start day, which is the day of admission (rule 36).", "",
        "2026-08-31",
    ),
    "start.places": ("Platser på just den starten.", "Places at this very start.", "", "6"),
    "start.minimum": ("Minsta antal på just den starten.", "The minimum at this very start.", "", "4"),
    "start.employer": ("De arbetsgivare starten gäller.", "The employers of this start.", "", "norrbygg"),
    "transfer.to": (
        "Ett spårs id, eller en myndighets namn (regel 46).", "The id of a track, or the name of an authority (rule 46).", "",
        "Försäkringskassan",
    ),
    "transfer.requires": (
        "Vad som ska vara sant innan överföringen görs.", "What must be true before the transfer.", "", "samtycke",
    ),
    "transfer.carries": (
        "De uppgifter som följer med, med sina dagar.", "The facts that go along, with their days.", "", "[körkort]",
    ),
    "condition.rule": ("Själva villkoret.", "The condition itself.", "", "ålder >= 18"),
    "condition.reason": (
        "Det sakliga skälet, som krävs när villkoret rör en diskrimineringsgrund (regel 49).",
        "The objective reason, which is needed where the condition touches a discrimination ground (rule 49).", "",
        "Arbetet är inte tillåtet för minderåriga",
    ),
}  # fmt: skip
