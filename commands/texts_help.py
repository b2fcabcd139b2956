"""The texts of `--help`, in Swedish and English: each command, each option, and the names of arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from commands.texts_params import METAVARS, PARAMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    Words = Mapping[str, tuple[str, str]]

# What one wants to do, and the commands for it.
TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    "look": ("demo", "init", "doctor"),
    "declare": ("check", "explain", "schema", "fmt", "apply", "tracks", "graph", "handbook"),
    "in": ("enrol", "import", "offer", "accept", "decline", "except", "refuse", "select", "interest"),
    "report": ("record", "state", "begin", "phase", "place", "decide", "contact", "outcome", "follow-up"),
    "out": ("pause", "resume", "interrupt", "close", "transfer", "misregister"),
    "right": ("correct", "deviate", "assign"),
    "shared": ("start", "employer"),
    "run": ("advance", "up", "down"),
    "ask": ("status", "worklist", "history", "why", "queue"),
    "results": ("outcomes", "report", "export", "verify"),
}
_TITLES: Final[Words] = {
    "usage": ("Användning", "Usage"),
    "command.usage": ("KOMMANDO [ARGUMENT]… [VAL]…", "COMMAND [ARGUMENTS]… [OPTIONS]…"),
    "options.usage": ("[VAL]…", "[OPTIONS]…"),
    "arguments": ("Argument", "Arguments"),
    "options": ("Val", "Options"),
    "help": ("Visa det här och sluta.", "Show this and stop."),
    "about": (
        (
            "Motorn för lokala jobbspår: skriv spåren som YAML, skriv in deltagare, låt motorn föra dem vidare, och fråga var de är. "
            "Motorn nekar, avbryter eller avslutar aldrig någons plats; det gör en namngiven person."
        ),
        (
            "The engine for lokala jobbspår: write the tracks as YAML, enrol participants, let the engine take them forward, and ask where "
            "they are. The engine never denies, interrupts or ends anybody's place; a named person does."
        ),
    ),
    "globals": (
        (
            "Före eller efter kommandot går också: --db DATABAS, --lang sv|en, --by DITT_NAMN (krävs för att skriva; eller "
            "JOBBSPAR_ACTOR), --at TID (klockan), --confirm-clock. Slutkoder: 0 väl, 1 fel i programmet, 2 felaktig inmatning, "
            "3 anmärkningar (--exit-code), "
            "4 finns inte, 5 lagring, 6 verifiering, 7 version, 8 nyckel."
        ),
        (
            "Before or after the command also: --db DATABASE, --lang sv|en, --by YOUR_NAME (needed to write; or JOBBSPAR_ACTOR), --at TIME "
            "(the clock), --confirm-clock. Exit codes: 0 well, 1 a fault of ours, 2 bad input, 3 findings (--exit-code), 4 not found, "
            "5 storage, 6 verification, 7 version, 8 key."
        ),
    ),
    "topic.look": ("Börja", "Begin"),
    "topic.declare": ("Spår", "Tracks"),
    "topic.in": ("In på spåret", "Onto a track"),
    "topic.report": ("Rapportera", "Report"),
    "topic.out": ("Uppehåll och avslut", "Pauses and ends"),
    "topic.right": ("Rätta och anpassa", "Put right and adapt"),
    "topic.shared": ("Omgångar och arbetsgivare", "Starts and employers"),
    "topic.run": ("Kör", "Run"),
    "topic.ask": ("Fråga", "Ask"),
    "topic.results": ("Resultat och tillit", "Results and trust"),
}
_COMMANDS: Final[Words] = {
    "demo": (
        "Visa allt på en gång. En arbetsyta med sju verkliga system som spår, påhittade personer och månader av virtuell tid.",
        "Show everything at once. A workspace with seven real systems as tracks, made-up people and months of virtual time.",
    ),
    "init": (
        "Gör en arbetsyta. Inställningar, ett första spår som läses utan fel, och en databas.",
        "Make a workspace. Settings, a first track that loads clean, and a database.",
    ),
    "doctor": (
        "Se efter att allt runt omkring är i ordning. Versioner, databas, nyckel, klocka, server; inget lämnar datorn.",
        "See that everything around is in order. Versions, database, key, clock, server; nothing leaves the machine.",
    ),
    "check": (
        "Läs spår och säg allt som är fel. Varje anmärkning har fil, rad, kolumn och vad man gör åt den; inget ändras.",
        "Read tracks and say all that is wrong. Each finding has file, line, column and what to do about it; nothing is changed.",
    ),
    "explain": (
        "Förklara en nyckel, ett ord, en regel eller en kod. För en kod (JS…): varför den finns, ett fel exempel och ett rätt.",
        "Explain a key, a word, a rule or a code. For a code (JS…): why it is there, a bad example and a good one.",
    ),
    "schema": (
        "Skriv ut språket som JSON Schema. För redigerare: beskrivningar, ord att välja bland, och fel medan man skriver.",
        "Print the language as JSON Schema. For editors: descriptions, words to choose among, and errors while typing.",
    ),
    "fmt": (
        "Skriv om filer så att nycklar och ord står på ett språk (--lang). Kommentarer, ordning och allt annat står kvar.",
        "Rewrite files so that keys and words are in one language (--lang). Comments, order and all else stay.",
    ),
    "apply": (
        "Sätt spår i kraft. Alla filer eller inga; de som redan är antagna behåller sin version.",
        "Put tracks in force. All files or none; those already admitted keep their version.",
    ),
    "tracks": ("Visa spåren som är i kraft.", "List the tracks in force."),
    "graph": (
        "Rita ett spår. Som Mermaid-text, att klistra in där sådan visas.",
        "Draw a track. As Mermaid text, to paste where that is shown.",
    ),
    "handbook": (
        "Skriv handboken för ett spår. Metoden steg för steg som en HTML-fil som öppnas överallt.",
        "Write the handbook of a track. The method step by step, as one HTML file that opens anywhere.",
    ),
    "enrol": (
        "Anmäl en deltagare till ett spår. Utan referens dras en; namn och nummer låses in i sin egen tabell.",
        "Refer a participant to a track. Without a reference one is drawn; name and number are locked in a table of their own.",
    ),
    "import": (
        (
            "Läs in många rader ur en CSV- eller XLSX-fil. Allt eller inget, och samma fil två gånger ändrar inget. Personer: "
            "referens;väg_in;datum;född;anteckning;namn;personnummer;skyddad och en kolumn för varje uppgift. Rapporter (betyg, närvaro, "
            "anställningar …): datum;referens;händelse;steg;värde;arbetsgivare;utfall;skäl;anteckning;av och en kolumn för varje uppgift. "
            "Ett personnummer kan stå i stället för referensen. Namn och personnummer låses in i en egen tabell."
        ),
        (
            "Take in many rows of a CSV or XLSX file. All or nothing, and the same file twice changes nothing. People: "
            "ref;channel;on;born;note;name;number;protected and a column for each fact. Reports (grades, attendance, hires …): "
            "on;ref;what;step;value;employer;outcome;reason;note;by and a column for each fact. A personal number may stand in place of "
            "the reference. Names and personal numbers are locked in a table of their own. The columns may have Swedish names too."
        ),
    ),
    "offer": (
        "Erbjud platser. Till en som är föreslagen, eller till alla som är det på ett spår.",
        "Offer places. To one who is proposed, or to all who are on a track.",
    ),
    "accept": ("Säg att någon tackade ja.", "Say that somebody accepted."),
    "decline": ("Säg att någon tackade nej.", "Say that somebody declined."),
    "except": (
        "Gör undantag från ett krav. Det kräver ett skäl och ett namn.",
        "Make an exception from a condition. It needs a reason and a name.",
    ),
    "refuse": ("Neka någon en plats. Det kräver ett skäl och ett namn.", "Refuse somebody a place. It needs a reason and a name."),
    "select": ("Säg att en arbetsgivare valde ut någon.", "Say that an employer selected somebody."),
    "interest": (
        "Säg att någon fortfarande vill ha en plats. Efter ett erbjudande som gick ut obesvarat.",
        "Say that somebody still wants a place. After an offer that lapsed unanswered.",
    ),
    "record": ("Rapportera ett stegs resultat.", "Report the result of a step."),
    "state": ("Ange uppgifter om en deltagare.", "State facts of a participant."),
    "begin": ("Säg att ett steg började. Också den dag det egentligen började.", "Say that a step began. Also the day it really began."),
    "phase": ("Säg att en fas i ett steg nåddes.", "Say that a phase of a step was reached."),
    "place": ("Placera en deltagare hos en arbetsgivare.", "Place a participant with an employer."),
    "decide": (
        "Besluta vad som följer på ett resultat. Nästa steg, gör om, eller ett stegs id att gå till.",
        "Decide what follows a result. The next step, again, or the id of a step to go to.",
    ),
    "contact": ("Säg att en kontakt togs.", "Say that a contact was made."),
    "outcome": ("Säg vad det blev av en deltagare. Från en dag och framåt.", "Say what became of a participant. From a day on."),
    "follow-up": (
        "Svara på en uppföljning. Hur det var den dag som uppföljningen frågar om.",
        "Answer a follow-up. How it was on the day that the follow-up asks about.",
    ),
    "pause": (
        "Säg att någon är borta en tid. Inget startar och alla tider väntar.",
        "Say that somebody is away for a time. Nothing starts and all times wait.",
    ),
    "resume": ("Säg att någon är tillbaka.", "Say that somebody is back."),
    "interrupt": ("Säg att någon slutar i förtid.", "Say that somebody leaves before the end."),
    "close": (
        "Säg att målet är nått före sista steget. Fullföljd; resten hoppas över.",
        "Say that the aim is reached before the last step. Completed; the rest is skipped.",
    ),
    "transfer": (
        "Lämna över någon till ett annat spår eller en myndighet. Som spårets överföringar säger.",
        "Hand somebody over to another track or authority. As the track's transfers say.",
    ),
    "misregister": (
        "Säg att en inskrivning aldrig skulle ha gjorts. Den lämnar alla siffror men står kvar i loggen.",
        "Say that an enrolment should never have been made. It leaves all figures but stays in the log.",
    ),
    "correct": (
        "Rätta en uppgift eller rapport. Allt blir som om den sagts så från början; numret står i `history`.",
        "Put a fact or report right. All becomes as if it had been said so from the start; the number stands in `history`.",
    ),
    "deviate": (
        "Avvik från spåret för en deltagare. Hoppa över, korta eller förläng ett steg, med skäl.",
        "Deviate from the track for one participant. Skip, shorten or lengthen a step, with a reason.",
    ),
    "assign": ("Säg vem som är ansvarig för en deltagare.", "Say who is responsible for a participant."),
    "start": ("Bekräfta, ställ in eller skjut upp en omgång.", "Confirm, cancel or postpone a start."),
    "employer": (
        "Säg att en arbetsgivare drar sig ur, eller rapportera ett steg som gäller arbetsgivaren.",
        "Say that an employer withdraws, or report a step that concerns the employer.",
    ),
    "advance": (
        "För alla vidare så långt dagen medger. Körs den en gång till skrivs inget.",
        "Take everybody as far as the day allows. Run once more, it writes nothing.",
    ),
    "up": ("Starta den lokala Prefect-servern.", "Start the local Prefect server."),
    "down": ("Stoppa den lokala Prefect-servern.", "Stop the local Prefect server."),
    "status": (
        "Se var någon är, eller hur ett spår står. Utan något namn: alla spår.",
        "See where somebody is, or how a track stands. Without a name: all tracks.",
    ),
    "worklist": (
        "Se vad som är att göra. Det mest försenade först, och vad man skriver.",
        "See what is to be done. The most overdue first, and what to type.",
    ),
    "history": (
        "Se allt som har hänt. En deltagare, en inskrivning (REF/1) eller ett spår.",
        "See all that has happened. A participant, an enrolment (REF/1) or a track.",
    ),
    "why": (
        "Se vad någon väntar på. Sedan när, och vem som kan ändra det.",
        "See what somebody waits for. Since when, and who can change it.",
    ),
    "queue": (
        "Se vem som står var i kön. Med varje värde som jämfördes.",
        "See who stands where in the queue. With every value that was compared.",
    ),
    "outcomes": (
        "Se utfallen mot målen. Varje andel med täljare, nämnare, population, dag och definition.",
        "See the outcomes against the goals. Every share with numerator, denominator, population, day and definition.",
    ),
    "report": (
        "Skriv en rapport. Personer per steg, försenat och utfall mot mål som en HTML-fil.",
        "Write a report. People per step, overdue and outcomes against goals, as one HTML file.",
    ),
    "export": (
        "Lämna ut status eller händelser som en fil. Bara referenser; begränsade uppgifter bara med --restricted.",
        "Hand out status or events as a file. References only; restricted facts only with --restricted.",
    ),
    "verify": (
        "Se efter att inget i loggen är ändrat. Och att allt annat följer av den.",
        "See that nothing in the log was changed. And that all else follows from it.",
    ),
}


def title(key: str, lang: str) -> str:
    """A heading, or a text that stands in every help."""
    return _TITLES[key][lang == "en"]


def help_of(command: str, lang: str) -> str:
    """What a command does."""
    return _COMMANDS[command][lang == "en"]


def param_help(command: str, name: str, lang: str) -> str:
    """What an argument or option of a command is."""
    found = PARAMS.get(f"{command}.{name}") or PARAMS[name]
    return found[lang == "en"]


def metavar(written: str, lang: str) -> str:
    """The name of an argument's value, in the language."""
    if lang == "en":
        return written
    return "|".join(METAVARS.get(part, part) for part in written.split("|"))
