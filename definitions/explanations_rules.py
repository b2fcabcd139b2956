"""The rules of the language by number, as explanations and messages name them: Swedish and English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# The first rule of each part, and what the part is called.
PARTS: Final[Mapping[int, tuple[str, str]]] = {
    1: ("Tid", "Time"),
    7: ("Kedjan", "The chain"),
    17: ("Resultat", "Results"),
    25: ("Bredvid kedjan", "Beside the chain"),
    33: ("Arbetsgivare", "Employers"),
    36: ("Intag", "Intake"),
    43: ("Slut och utfall", "End and outcome"),
    47: ("Uppgifter och siffror", "Facts and figures"),
}
RULES: Final[Mapping[int, tuple[str, str]]] = {
    1: (
        "Allt räknas i hela dagar, svensk tid. Startdagen är dag 0: två veckor från den 1 september är slut den 15.",
        "Everything is counted in whole days, Swedish time. The start day is day 0: two weeks from 1 September are over on the 15th.",
    ),
    2: (
        "En månad senare är samma datum, eller den sista i en kortare månad. Flera månader räknas alltid från det första datumet.",
        "A month later is the same day number, or the last of a shorter month. Several months always count from the first date.",
    ),
    3: (
        "Arbetsdagar är måndag till fredag utom helgdagar, midsommarafton, julafton och nyårsafton. Dagen efter är den första.",
        ("Working days are Monday to Friday except public holidays and the eves of midsummer, Christmas and New Year. The day after is the"
        " first."),
    ),
    4: (
        ("En sista dag (rapport, start, svar, kontakt, uppföljning) som inte är en arbetsdag flyttas till nästa. Ett slut flyttas inte, "
        "och inte dagen som en uppföljning frågar om."),
        ("A deadline (report, start, answer, contact, follow-up) that is no working day moves to the next one. An end does not move, nor "
        "the day that a follow-up asks about."),
    ),
    5: (
        ("Under en paus börjar inget, platsen är kvar, och allt som löper blir så många dagar längre. Det som räknas från anställning, och"
        " uppföljningar, flyttas inte."),
        ("In a pause nothing starts, the place is kept, and all that runs becomes longer by as many days. What counts from employment, and"
        " follow-ups, do not move."),
    ),
    6: (
        ("Uppgifter, steg, uppföljningar och överföringar är de som gällde vid antagningen. Målgrupp, starter, platser, arbetsgivare och "
        "mål är alltid de som gäller nu."),
        ("Facts, steps, follow-ups and transfers are those in force at admission. Target group, starts, places, employers and goals are "
        "always those in force now."),
    ),
    7: (
        ("Ett steg hör till kedjan om det inte har parallellt_med, från eller till, eller gäller någon annan än deltagaren; då står det "
        "bredvid. Efter går inte ihop med de tre."),
        ("A step belongs to the chain unless it has alongside, from or until, or is about somebody other than the participant; then it "
        "stands beside. After does not go with the three."),
    ),
    8: (
        ("Utan efter väntar ett steg på alla tidigare i kedjan som inget steg däremellan redan väntar på. Det första väntar på "
        "antagningen."),
        ("Without after, a step waits for all earlier ones of the chain that no step between already waits for. The first waits for "
        "admission."),
    ),
    9: (
        ("Ett steg står på tur den dag då det sista det väntar på slutat eller hoppats över. Ett steg vars resultat ger fråga, eller leder"
        " någon annanstans, räknas inte som slutat."),
        ("A step is ready on the day that the last one it waits for ended or was skipped. A step whose result asks, or leads elsewhere, "
        "does not count as ended."),
    ),
    10: (
        ("På tur prövas i ordning: om, kräver, arbetsgivare, starter, plats, start. Är om falskt hoppas steget över; är det okänt väntar "
        "steget, och den saknade uppgiften står på arbetslistan."),
        ("When ready, in this order: when, requires, employer, starts, place, start. If when is false the step is skipped; if unknown it "
        "waits, and the missing fact stands on the worklist."),
    ),
    11: (
        ("Om frågas en gång varje gång steget görs. Ändras uppgiften senare flyttas bara det som inte börjat; en rättelse gäller som om "
        "den stått från början."),
        ("When is asked once for each run of the step. If the fact changes later, only what has not begun moves; a correction acts as if "
        "it had stood from the start."),
    ),
    12: (
        ("Ett steg börjar av sig självt den dag då inget saknas. Med start_inom börjar det när någon rapporterar det; tiden räknas från "
        "att steget stod på tur, även om det väntat på plats."),
        ("A step begins by itself on the day that nothing is missing. With start_within it begins when somebody reports it; the time runs "
        "from the day it was ready, waiting for a place included."),
    ),
    13: (
        "Med starter börjar steget den första angivna dag som inte är före turen. Finns ingen kvar står det på arbetslistan.",
        "With starts, the step begins on the first listed day not before it is ready. If none is left, the worklist says so.",
    ),
    14: (
        ("Ett steg i kedjan slutar när det rapporteras, den dag som rapporten gäller. När längden är slut ska rapporten in; mer än en "
        "påminnelse händer inte. Ett stöd slutar av sig självt."),
        ("A chain step ends when it is reported, on the day that the report is about. When its length is over the report is due; nothing "
        "but a reminder happens. A stöd ends by itself."),
    ),
    15: (
        ("Dagen som rapporten gäller räknas, inte dagen den skrivs. Det som följer börjar den dagen. En plats som redan gått till någon "
        "annan tas inte tillbaka."),
        ("The day a report is about counts, not the day it is written. What follows begins on that day. A place already given to somebody "
        "else is not taken back."),
    ),
    16: (
        "En uppgift i ger som inte rapporteras blir kvar som okänd på arbetslistan; steget slutar ändå. Faser rapporteras i ordning.",
        "A fact in gives that is not reported stays unknown on the worklist; the step ends all the same. Phases are reported in order.",
    ),
    17: (
        "Ett resultat som steget inte har tas inte emot.",
        "A result that the step does not have is refused.",
    ),
    18: (
        "Resultatet anställd är också en anställning: arbetsgivare, första dag, och utfallet arbete om inget annat sägs.",
        "The result hired is also an employment: employer, first day, and the outcome work unless another is said.",
    ),
    19: (
        "Om inget annat sägs leder klar, anställd och egna resultat vidare; ej_klar, ej_anställd och avbruten ger fråga.",
        "Unless said otherwise, done, hired and a track's own results lead on; not_passed, not_hired and interrupted ask.",
    ),
    20: (
        ("Fråga, avsluta och överför blir förslag på arbetslistan. Det som följer väntar på en namngiven person; det som löper parallellt "
        "fortsätter. Vid avsluta och överför börjar inget nytt steg under tiden."),
        ("Ask, end and transfer become proposals on the worklist. What follows waits for a named person; what runs in parallel goes on. "
        "With end and transfer no new step begins meanwhile."),
    ),
    21: (
        "Gör_om kör steget igen från den dagen: full längd, ny kostnad, samma plats. Efter avbruten väljs arbetsgivaren på nytt.",
        "Retry runs the step again from that day: full length, new cost, same place. After interrupted the employer is chosen anew.",
    ),
    22: (
        ("Gå_till bakåt gör om målsteget, och av det som följer allt utom det som redan gick vidare. Framåt hoppar över det som ligger "
        "emellan. Målsteget väntar inte på något."),
        ("Goto back runs the target again, and of what follows all but what had led on. Forward skips what lies between. The target waits "
        "for nothing."),
    ),
    23: (
        "Gränsen (högst, gör_om) räknas per inskrivning och rad i vid_resultat; sedan gäller sedan. Bara gör_om och gå_till får gå runt.",
        "The bound (at_most, retry) counts per enrolment and entry of on_result; after that then holds. Only retry and goto may loop.",
    ),
    24: (
        "Resultat(STEG) är det senaste: okänt tills steget slutat, överhoppad om det hoppats över.",
        "Result(STEP) is the latest: unknown until the step has ended, skipped if it was skipped.",
    ),
    25: (
        "Parallellt_med X är från start på X till slut på X. Ett steg bredvid med längd slutar då, senast vid till; utan till vid avslut.",
        ("Alongside X is from start of X until end of X. A beside step with a length ends then, at the latest at until; without until, at "
        "exit."),
    ),
    26: (
        ("Hoppas steget i från över, eller nås det aldrig, gäller det även detta. Avbryts steget i till slutar detta avbrutet; görs det om"
        " fortsätter detta. Görs steget i från om börjar detta på nytt, om det har slutat."),
        ("If the step in from is skipped or never reached, so is this one. If the step in until is interrupted, this ends interrupted; if "
        "it is run again, this goes on. A new run of the step in from begins this anew, if it has ended."),
    ),
    27: (
        "Steg bredvid håller inte upp kedjan eller avslutet, om de inte nämns i efter. De slutar utan rapport och har inget vid_resultat.",
        "Beside steps hold up neither the chain nor the exit, unless named in after. They end without a report and have no on_result.",
    ),
    28: (
        ("Före slut på X räknas från det planerade slutet, senast det verkliga. Har till redan passerat när från kommer hoppas steget "
        "över."),
        ("Before end of X counts from its planned end, at the latest its real one. If until has passed when from comes, the step is "
        "skipped."),
    ),
    29: (
        ("Anställning är första dagen av den senaste som inte slutat (arbete eller arbete_med_stöd). En arbetsmarknadsanställning är ingen"
        " anställning."),
        ("Employment is the first day of the latest that has not ended (work or work_with_support). Municipal employment is not "
        "employment."),
    ),
    30: (
        ("Vid avslut slutar stegen bredvid, utom de som räknas från anställning: de fortsätter vid anställning, och väntar tills ett "
        "utfall rapporterats, senast till sista uppföljningen."),
        ("At exit the beside steps end, except those that count from employment: they go on where there is employment, and wait until an "
        "outcome is reported, at the latest to the last follow-up."),
    ),
    31: (
        "Vid behov: steget börjar när någon rapporterar det, så ofta det behövs, ett i taget.",
        "When needed: the step begins when somebody reports it, as often as needed, one at a time.",
    ),
    32: (
        ("Ett steg som gäller arbetsgivaren görs en gång per arbetsgivare och start, från den första deltagarens tidpunkt till den sistas."
        " Ett som gäller omgången görs en gång per start, aldrig vid löpande intag."),
        ("A step about the employer is done once per employer and start, from the first participant's point to the last one's. One about "
        "the start is done once per start, never with rolling intake."),
    ),
    33: (
        ("Praktik och förberedande anställning behöver en arbetsgivare. Finns flera möjliga säger en person vilken, inom platserna och "
        "arbetsgivarens krav; senare steg behåller den."),
        ("Praktik and förberedande anställning need an employer. Where several are possible a person says which, within the places and the"
        " employer's conditions; later steps keep it."),
    ),
    34: (
        "Platser i ett steg går till den som först stod på tur, sedan efter turordning, sedan efter inskrivningens nummer.",
        "Places of a step go to who was ready first, then by the order, then by the number of the enrolment.",
    ),
    35: (
        "Ingen plats erbjuds till en start förrän en av dess arbetsgivare har ett undertecknat avtal.",
        "No place is offered for a start before one of its employers has a signed agreement.",
    ),
    36: (
        ("Man antas på startdagen; vid löpande intag den dag man tackar ja, eller utan platser den dag man anmäls och kraven är uppfyllda."
        " Platsen blir fri vid avslut."),
        ("Admission is the start day; with rolling intake the day of acceptance, or, without places, the day of referral when the "
        "conditions are met. The place is free again at exit."),
    ),
    37: (
        ("Kraven prövas vid anmälan, erbjudande och antagning. Är de inte uppfyllda, eller okända, beslutar en namngiven person; ett "
        "undantag har ett skäl."),
        ("The entry conditions are asked at referral, offer and admission. Where they are false or unknown a named person decides; an "
        "exception has a reason."),
    ),
    38: (
        ("Turordningen läses från vänster; okänt kommer sist; lika avgörs av anmälningsdag, sedan nummer. Företräde har den som fullföljt "
        "ett spår till samma yrke utan arbete eller studier; det används en gång. Lottning görs en gång per start och går att göra om."),
        ("The order is read from the left; unknown comes last; ties go by day of referral, then number. Precedence has who completed a "
        "track to the same occupation without work or studies; it is used once. The lottery is drawn once per start, reproducibly."),
    ),
    39: (
        ("Ett erbjudande utan svar går vidare till nästa. Den som inte svarat står kvar i kön, och får ett nytt när någon säger att "
        "intresset finns."),
        ("An offer without an answer passes to the next. Who did not answer stays in the queue, and gets a new one when somebody says that"
        " the interest remains."),
    ),
    40: (
        "Under minsta antalet antas ingen på startdagen förrän en person startar, skjuter upp eller ställer in.",
        "Below the minimum nobody is admitted on the start day until a person starts, postpones or cancels it.",
    ),
    41: (
        "Löpande krav prövas när en uppgift eller åldern ändras. Bara ett tydligt nej ger ett förslag på arbetslistan; platsen är kvar.",
        ("Ongoing conditions are asked when a fact or the age changes. Only a clear no gives a proposal on the worklist; the place is "
        "kept."),
    ),
    42: (
        "Den som kommer med efter starten antas den dagen, och hennes egna tider räknas från den.",
        "Who joins after the start is admitted that day, and her own lengths count from it.",
    ),
    43: (
        ("Fullföljd den dag då varje steg i kedjan slutat eller hoppats över och inget förslag väntar. Avslut är dagen för fullföljd, "
        "avbrott eller överföring."),
        ("Completed on the day that every chain step has ended or been skipped and no proposal is open. Exit is the day of completion, "
        "interruption or transfer."),
    ),
    44: (
        "Att bli anställd avslutar inget av sig självt. En person kan avsluta med skälet fått arbete; då hoppas resten över.",
        "Being hired ends nothing by itself. A person may close with the reason got a job; then the rest is skipped.",
    ),
    45: (
        "Ett resultat är stegets, ett utfall inskrivningens. Utfallet har en dag, kan rapporteras igen, och är okänt tills det sker.",
        "A result is the step's, an outcome the enrolment's. An outcome has a day, may be reported again, and is unknown until it is.",
    ),
    46: (
        ("En överföring till ett spår är en anmälan dit, med de uppgifter som heter likadant (eller tar_med) och deras dagar; man lämnar "
        "det första spåret när man antas i det andra. Till en myndighet sker den på dagen som rapporteras."),
        ("A transfer to a track is a referral there, with the facts of the same name (or carries) and their days; one leaves the first "
        "track when admitted to the other. To an authority it takes place on the day reported."),
    ),
    47: (
        ("Det senaste värdet efter dag gäller. Det som jämförs med okänt är okänt; okänt och nej är nej, okänt eller ja är ja. Utfallet "
        "har alltid ett värde. Val jämförs i den ordning de skrivits."),
        ("The latest value by day counts. What is compared with unknown is unknown; unknown and no is no, unknown or yes is yes. The "
        "outcome always has a value. Choices compare in the order written."),
    ),
    48: (
        "Ålder är hela år den dag frågan ställs. Bara födelseår och månad sparas, så man fyller år den 1:a.",
        "Age is whole years on the day asked. Only year and month of birth are kept, so birthdays fall on the 1st.",
    ),
    49: (
        ("Ett villkor på ålder, kön, ursprung, religion, funktionsnedsättning eller läggning behöver ett skäl; en uppgift som heter så "
        "behöver en grund."),
        ("A condition on age, sex, origin, religion, disability or orientation needs a reason; a fact called by such a word needs a "
        "ground."),
    ),
    50: (
        "Kostnad räknas hel varje gång steget börjar; per vecka för varje påbörjad vecka. Timmar är timmar i veckan gånger veckor.",
        "Cost counts whole at each start of the step; per week for each week begun. Hours are hours a week times weeks.",
    ),
    51: (
        ("Avslutade är alla avslut utom felregistrerade; antagna alla antagna utom felregistrerade. Bland inte MÅL är de som målet inte "
        "räknar, med okänt på en egen rad."),
        ("Exits are all exits except misregistered ones; admitted all admitted except misregistered ones. Among not GOAL are those whom "
        "the goal does not count, with unknown as a row of its own."),
    ),
    52: (
        ("Bygger_på, i ett led: nycklar här ersätter; ett steg med samma id ändras nyckel för nyckel; ett nytt ställs efter det sista i "
        "sitt efter; utan tar bort."),
        ("Based_on, one level: keys here replace; a step with the same id is changed key by key; a new one stands after the last in its "
        "after; without removes."),
    ),
    53: (
        ("En namngiven person kan lägga till, hoppa över, korta eller förlänga ett steg för en deltagare, med skäl. Reglerna gäller sedan "
        "som om det stått så i spåret för just henne."),
        ("A named person may add, skip, shorten or lengthen a step for one participant, with a reason. The rules then hold as if the track"
        " said so for her."),
    ),
}  # fmt: skip
