"""The words of the handbook: (Swedish, English)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HANDBOOK: Final[Mapping[str, tuple[str, str]]] = {
    "h.title": ("{name} – handbok", "{name} – handbook"),
    "h.kicker": ("Handbok: metoden steg för steg", "Handbook: the method step by step"),
    "h.source": (
        "Spårets egen fil, i den lydelse som gäller {day}. Handboken innehåller inga uppgifter om deltagare.",
        "The track’s own file, as in force on {day}. The handbook holds nothing about participants.",
    ),
    "h.owner": ("Drivs av", "Run by"),
    "h.partners": ("Parter", "Partners"),
    "h.period": ("Period", "Period"),
    "h.period.from": ("från {first}", "from {first}"),
    "h.period.until": ("till {until}", "until {until}"),
    "h.period.both": ("{first} – {until}", "{first} – {until}"),
    "h.programme": ("Del av programmet", "Part of the programme"),
    "h.places": ("Platser", "Places"),
    "h.steps": ("Steg", "Steps"),
    "h.steps.count": ("{chain} i kedjan, {beside} vid sidan av", "{chain} in the chain, {beside} beside it"),
    # overview
    "h.overview": ("Kedjan i en bild", "The chain at a glance"),
    "h.overview.alt": ("Steg i kedjan, uppifrån och ned. {text}", "The steps of the chain, from the top down. {text}"),
    "h.overview.beside": ("Vid sidan av kedjan", "Beside the chain"),
    "h.overview.admission": ("Antagning", "Admission"),
    "h.overview.exit": ("Avslut", "Exit"),
    "h.overview.maybe": ("för vissa", "for some"),
    # for whom
    "h.whom": ("Vem spåret är till för", "Who the track is for"),
    "h.whom.everyone": ("Spåret ställer inga krav för att få en plats.", "The track asks nothing for a place."),
    "h.whom.entry": ("För att få en plats krävs att:", "To get a place:"),
    "h.whom.ongoing": ("För att behålla platsen krävs att:", "To keep the place:"),
    "h.whom.person": (
        "Är ett krav inte uppfyllt, eller går det inte att veta, avgör en namngiven person. Ett undantag får alltid ett skäl.",
        "If something is not met, or cannot be known, a named person decides. An exception always has a reason.",
    ),
    "h.reason": ("Skäl: {reason}", "Reason: {reason}"),
    # intake
    "h.intake": ("Hur man kommer in", "How people come in"),
    "h.intake.rolling": ("Intaget är löpande: man kan börja vilken dag som helst.", "Intake is rolling: people may begin on any day."),
    "h.intake.rolling_places": (
        "Högst {places} deltar samtidigt. Platsen är ledig igen vid avslut.",
        "At most {places} take part at one time. A place is free again at exit.",
    ),
    "h.intake.no_offer": (
        "Det finns ingen gräns för antalet platser. Den som uppfyller kraven antas samma dag.",
        "There is no limit to the number of places. Whoever meets the conditions is admitted the same day.",
    ),
    "h.intake.starts": ("Alla i en omgång börjar samma dag:", "Everyone in a start begins on the same day:"),
    "h.intake.start": ("Start", "Start"),
    "h.intake.minimum": ("Minst antal", "Minimum"),
    "h.intake.at": ("Hos", "At"),
    "h.intake.all": ("alla", "all"),
    "h.intake.unlimited": ("obegränsat", "unlimited"),
    "h.intake.below": (
        "Är de antagna färre än minsta antalet på startdagen antas ingen förrän en person startar, flyttar eller ställer in omgången.",
        "If fewer are accepted on the start day, nobody is admitted until a person starts, postpones or cancels it.",
    ),
    "h.intake.order": (
        "Finns det fler än platser avgör, i denna ordning: {order}.",
        "If more ask than there are places, the order is: {order}.",
    ),
    "h.intake.offer": (
        (
            "Erbjudanden går ut {before} före start och gäller i {answer}. Ett obesvarat erbjudande går vidare till nästa; "
            "den som inte svarat står kvar i kön."
        ),
        (
            "Offers go out {before} before a start and are valid for {answer}. An unanswered offer passes to the next; "
            "whoever did not answer stays in the queue."
        ),
    ),
    "h.intake.offer_rolling": (
        "Ett erbjudande gäller i {answer}. Ett obesvarat erbjudande går vidare till nästa; den som inte svarat står kvar i kön.",
        "An offer is valid for {answer}. An unanswered offer passes to the next; whoever did not answer stays in the queue.",
    ),
    "h.intake.join": (
        "En plats som blir ledig fylls till och med {length} efter start.",
        "A place that falls vacant is filled up to {length} after the start.",
    ),
    "h.intake.caseload": (
        "En handläggare bör ha högst {count} deltagare; verktyget varnar när det blir fler.",
        "A caseworker should have at most {count} participants; the tool warns when there are more.",
    ),
    "order.precedence": ("företräde för den som fullföljt utan att få arbete", "precedence for whoever completed without getting work"),
    "order.lottery": ("lottning, en gång per start", "a lottery, once per start"),
    "order.referral": ("tidigast anmäld", "earliest referral"),
    "order.fact.high": ("högst {fact}", "highest {fact}"),
    "order.fact.low": ("lägst {fact}", "lowest {fact}"),
    "order.days.high": ("längst tid sedan ”{fact}”", "longest time since “{fact}”"),
    "order.days.low": ("kortast tid sedan ”{fact}”", "shortest time since “{fact}”"),
    # employers
    "h.employers": ("Arbetsgivarna", "The employers"),
    "h.employers.none": (
        "Spåret har ingen arbetsgivare knuten till sig. Det är därför ett förberedande spår och inte ett jobbspår.",
        "No employer is attached to this track. That is why it is a preparatory track and not a job track.",
    ),
    "h.employers.caption": ("Arbetsgivare, rekryteringsbehov och avtal", "Employers, what they need, and agreements"),
    "h.employers.name": ("Arbetsgivare", "Employer"),
    "h.employers.sector": ("Bransch (SNI)", "Sector (SNI)"),
    "h.employers.need": ("Behov", "Need"),
    "h.employers.need_text": ("{positions} tjänster", "{positions} positions"),
    "h.employers.ssyk": ("SSYK {code}", "SSYK {code}"),
    "h.employers.agreement": ("Avtal", "Agreement"),
    "h.employers.signed": ("undertecknat {day}", "signed {day}"),
    "h.employers.unsigned": ("inte undertecknat: inga erbjudanden går ut", "not signed: no offers go out"),
    "h.employers.requires": ("Egna krav", "Own conditions"),
    "h.employers.nothing": ("inga", "none"),
    # steps
    "h.chain": ("Stegen i kedjan", "The steps of the chain"),
    "h.chain.intro": (
        (
            "Ett steg börjar av sig självt den dag ingenting saknas. Det slutar när den ansvariga rapporterar, tidigt eller sent. "
            "Den som väntar på ett steg som hoppas över behöver inte vänta."
        ),
        (
            "A step starts by itself on the day that nothing is missing. It ends when whoever is responsible reports, early or late. "
            "What waits for a step that is skipped need not wait."
        ),
    ),
    "h.beside": ("Vid sidan av kedjan", "Beside the chain"),
    "h.beside.intro": (
        "Det här pågår samtidigt och håller aldrig upp kedjan.",
        "These run at the same time and never hold up the chain.",
    ),
    "s.type": ("Vad", "What"),
    "s.responsible": ("Ansvarig", "Responsible"),
    "s.begins": ("Börjar", "Begins"),
    "s.begins.admission": ("Vid antagningen.", "At admission."),
    "s.begins.after": ("När {steps} är klart.", "When {steps} has ended."),
    "s.begins.after_all": ("När {steps} är klara.", "When {steps} have ended."),
    "s.begins.alongside": ("Samtidigt med {step}, och slutar med det.", "Together with {step}, and ends with it."),
    "s.begins.point": ("Från {point}.", "From {point}."),
    "s.begins.needed": (
        "När någon ser att det behövs, så ofta det behövs, en gång i taget.",
        "When someone sees the need, as often as needed, one at a time.",
    ),
    "s.begins.within": (
        "Någon rapporterar att det har börjat, inom {length} från den dag deltagaren är redo.",
        "Someone reports that it has begun, within {length} of the day the participant is ready.",
    ),
    "s.begins.dates": ("Bara på dessa dagar: {days}.", "Only on these days: {days}."),
    "s.when": ("För vem", "For whom"),
    "s.when.text": (
        "Görs när {condition}. Annars hoppas steget över; är svaret okänt väntar det tills uppgiften finns.",
        "Done when {condition}. Otherwise the step is skipped; while the answer is unknown, it waits for the fact.",
    ),
    "s.requires": ("Väntar tills", "Waits until"),
    "s.length": ("Längd", "Length"),
    "s.hours": ("{hours} timmar i veckan", "{hours} hours a week"),
    "s.ends": ("Slutar", "Ends"),
    "s.ends.report": ("När den ansvariga rapporterar.", "When whoever is responsible reports."),
    "s.ends.late": (
        "När den ansvariga rapporterar. Efter {length} ska rapporten ha kommit; sedan ligger den som försenad på arbetslistan.",
        "When whoever is responsible reports. After {length} the report is due; then it stands as overdue on the worklist.",
    ),
    "s.ends.support": (
        "Av sig självt efter {length}, eller tidigare genom en rapport.",
        "By itself after {length}, or sooner by a report.",
    ),
    "s.ends.length": ("Efter {length}.", "After {length}."),
    "s.ends.until": ("Genom en rapport, annars av sig självt vid {point}.", "By a report, otherwise by itself at {point}."),
    "s.ends.both": (
        "Efter {length}, dock senast vid {point}; tidigare genom en rapport.",
        "After {length}, at the latest at {point}; sooner by a report.",
    ),
    "s.phases": ("Faser, i ordning", "Phases, in order"),
    "s.gives": ("Frågar efter", "Asks for"),
    "s.results": ("Efter resultatet", "After the result"),
    "s.result": ("{result}: {action}", "{result}: {action}"),
    "s.places": ("Platser", "Places"),
    "s.places.each": ("{employer}: {places}", "{employer}: {places}"),
    "s.places.order": ("Den som först är redo får platsen.", "Whoever is ready first gets the place."),
    "s.employer": ("Arbetsgivare", "Employer"),
    "s.employer.needed": (
        "Kräver en placering hos en arbetsgivare, som en person beslutar.",
        "Needs a placement with an employer, which a person decides.",
    ),
    "s.employer.at": ("Hos {employers}.", "At {employers}."),
    "s.contact": ("Kontakt", "Contact"),
    "s.contact.text": ("med högst {length} emellan", "at most {length} apart"),
    "s.cost": ("Planerad kostnad", "Planned cost"),
    "s.cost.text": ("{money} per deltagare", "{money} per participant"),
    "s.subject": ("Gäller", "About"),
    "s.subject.employer": (
        "Arbetsgivaren, inte deltagaren: en gång per arbetsgivare och start.",
        "The employer, not the participant: once per employer and start.",
    ),
    "s.subject.start": ("Hela omgången: en gång per start.", "The whole start: once per start."),
    "action.next": ("vidare till nästa steg", "on to the next step"),
    "action.ask": ("en namngiven person bestämmer vad som händer", "a named person decides what follows"),
    "action.end": ("förslag om att avsluta; en namngiven person bestämmer", "a proposal to end; a named person decides"),
    "action.goto": ("gå till {step}, högst {times}, sedan: {then}", "go to {step}, at most {times}, then: {then}"),
    "action.retry": ("görs om, högst {times}, sedan: {then}", "done again, at most {times}, then: {then}"),
    "times.one": ("en gång", "once"),
    "times.more": ("{count} gånger", "{count} times"),
    "action.transfer": (
        "förslag om överföring till {to}; en namngiven person bestämmer",
        "a proposal of transfer to {to}; a named person decides",
    ),
    # transfers, goals, facts
    "h.transfers": ("Överföring till annan", "Transfer elsewhere"),
    "h.transfers.text": ("Till {to}.", "To {to}."),
    "h.transfers.requires": ("När {condition}.", "When {condition}."),
    "h.transfers.carries": ("Uppgifter som följer med: {facts}.", "Facts carried along: {facts}."),
    "h.goals": ("Mål och uppföljning", "Goals and follow-up"),
    "h.goals.none": ("Spåret har inga mål.", "The track has no goals."),
    "h.goal": ("Mål", "Goal"),
    "h.counts": ("Räknar", "Counts"),
    "h.among": ("Bland", "Among"),
    "h.at": ("Mätt", "Measured"),
    "h.level": ("Nivå", "Level"),
    "h.definition": ("Definition", "Definition"),
    "h.source_of": ("Källa: {source}", "Source: {source}"),
    "h.follow_up": ("Utfallet följs upp {points}.", "The outcome is followed up {points}."),
    "h.facts": ("Uppgifter som spåret frågar efter", "What the track asks to know"),
    "h.facts.caption": ("Uppgifter, svar och var de kommer ifrån", "Facts, answers, and where they come from"),
    "h.facts.name": ("Uppgift", "Fact"),
    "h.facts.answers": ("Svar", "Answers"),
    "h.facts.given": ("Frågas i", "Asked for in"),
    "h.facts.referral": ("anmälan", "the referral"),
    "h.facts.restricted": ("begränsad åtkomst", "restricted access"),
    "h.facts.ground": ("rör {ground}", "touches {ground}"),
    "h.background": ("Bakgrund", "Background"),
    # law
    "h.law": ("Rättsliga hållpunkter", "Points of law"),
    "h.law.person": (
        (
            "Ingen nekas eller förlorar en plats automatiskt. "
            "Verktyget startar, påminner och föreslår; en namngiven person beslutar, med ett skäl."
        ),
        "Nobody is denied or loses a place by machine. The tool starts, reminds and proposes; a named person decides, with a reason.",
    ),
    "h.law.deviation": (
        "Ett steg kan läggas till, hoppas över, kortas eller förlängas för en enskild deltagare. Det får alltid ett skäl och ett namn.",
        "A step may be added, skipped, shortened or lengthened for one participant, always with a reason and a name.",
    ),
    "h.law.basis": (
        (
            "Den rättsliga grunden är uppgift av allmänt intresse, inte samtycke. Samtycke bryter bara sekretess mellan myndigheter, "
            "med omfattning, mottagare och tid, och kan återkallas."
        ),
        (
            "The legal basis is a public task, not consent. Consent only lifts secrecy between authorities, with its scope, receiver "
            "and period, and may be withdrawn."
        ),
    ),
    "h.law.secrecy": (
        "Även frågan om någon deltar är skyddad. Skyddade personuppgifter visas inte i listor, brev eller rapporter.",
        "Even whether somebody takes part is protected. Protected identities are shown in no list, letter or report.",
    ),
    "h.law.health": (
        "Diagnoser antecknas aldrig. Skäl anges i grova ord; detaljer är begränsade.",
        "No diagnoses are ever noted. Reasons are given in coarse words; details are restricted.",
    ),
    "h.law.grounds": (
        "Dessa villkor rör en diskrimineringsgrund och har därför ett skrivet skäl:",
        "These conditions touch a ground of discrimination and so have a written reason:",
    ),
}
