# ruff: noqa: E501 - the reference is quoted as it stands
"""The three whole tracks of the language's reference: they load clean, every value is the one meant, and twins are equal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from definitions.loading.loader import load_text
from definitions.model.stored_track import parse_stored_track
from definitions.model.track import Action, Agreement, Employer, Fact, GoalDecision, Need, Order, Start, Step, Track, Transfer
from definitions.model.values import Condition, Length, Money, Point, Threshold, Unit

JOBBNATET = """\
track: jobbnatet                          # Stockholm, four AF offices
name: Jobbnätet
type: jobbspår
owner: Arbetsförmedlingen Globen
partners: [arbetsförmedlingen, kommun, kursanordnare]
period: {from: 2003-11-01, until: 2006-02-01}
employers: [{id: natet, name: Arbetsgivare i nätet, agreement: {type: avsiktsförklaring, signed: 2003-10-15}}]
facts: {i_garantin: yes/no, jobbredo: yes/no, inskriven: date, utbildning_behövs: yes/no, validering_behövs: yes/no, alternativ_plan: yes/no, samtycke: yes/no,
  färdigutredd: {type: yes/no, name: Medicinskt färdigutredd, access: restricted}}
target_group: {entry: [i_garantin, färdigutredd, jobbredo]}
intake: {starts: rolling, places: 60, order: [precedence, days_since(inskriven) highest first]}
steps:
  - {id: kartläggning, type: kartläggning, length: 2 weeks, gives: [utbildning_behövs, validering_behövs]}
  - {id: jobbklubb, type: insats, name: Jobbklubb med ackvirering, length: 8 weeks, hours_per_week: 40}
  - {id: utbildning, type: insats, name: Förberedande utbildning, responsible: kursanordnare, when: utbildning_behövs, length: 10 weeks}
  - {id: validering, type: insats, name: Validering, responsible: kursanordnare, after: jobbklubb, when: validering_behövs, length: 2 weeks}
  - {id: praktik, type: praktik, length: 8 weeks, on_result: {interrupted: {goto: jobbklubb, at_most: 1}}}
  - {id: handledare, type: insats, name: Utbildningsdagar för handledare, subject: employer, alongside: praktik, length: 2 days}
  - {id: förberedande, type: förberedande anställning, phases: [praktikorientering, kompetensanalys, utbildningsplan], length: 6 weeks}
  - {id: ambulerande, type: stöd, name: Ambulerande handledare, from: start of praktik, until: 1 month after employment, contact_every: 1 week}
  - {id: trepart, type: insats, name: Trepartssamtal, from: when needed, gives: [alternativ_plan, samtycke]}
transfers: {fk: {to: Försäkringskassan, requires: result(trepart) = done and samtycke, carries: [jobbredo, alternativ_plan]}}
goals:
  - {id: a, name: I arbete eller reguljära studier, indicator: jobbnatet_end, at: end of period, at_least: 70 %}
  - {id: b, name: Övriga utredda för annan planering, counts: alternativ_plan, among: not a, at: end of period, at_least: 100 %}
  - {id: c, name: Kortare inskrivningstid, status: struck, decision: {date: 2005-03-01, by: ESF-rådet, reason: Underlaget höll inte}}
"""

JOBBTORG = """\
spår: jobbtorg-stockholm
namn: Jobbtorg Stockholm
typ: förberedande spår
ägare: Arbetsmarknadsförvaltningen
parter: [jobbtorg, stadsdelsförvaltning, vuxenutbildningen]
uppgifter: {bistånd: ja/nej, stödbehov: [litet, medel, stort], siktar_på: [studier, arbete], arbetsträna: ja/nej}
målgrupp: {krav: [bistånd]}
intag: {starter: löpande, ärenden_per_handläggare: 30}
steg:
  - {id: team, typ: kartläggning, namn: Eget team och plan, start_inom: 5 arbetsdagar, längd: 2 veckor, ger: [stödbehov, siktar_på, arbetsträna]}
  - {id: cv, typ: insats, namn: CV och intervjuträning, längd: 2 veckor}
  - {id: studieväg, typ: insats, namn: Vägledning till studier, om: siktar_på = studier, längd: 2 månader}
  - {id: arbetsträning, typ: insats, namn: Arbetsträning, efter: cv, om: arbetsträna, längd: 3 månader}
  - id: matchning
    typ: insats
    namn: Coachning och matchning
    om: siktar_på = arbete
    längd: 6 månader
    resultat: [anställd]
    vid_resultat: {ej_klar: {gå_till: team, högst: 3, sedan: fråga}}
  - {id: praktik, typ: praktik, från: vid behov, längd: 3 månader}
  - {id: yrkeskurs, typ: insats, namn: Kort yrkeskurs, ansvarig: vuxenutbildningen, från: vid behov, längd: 6 veckor}
  - {id: se, typ: stöd, namn: Supported Employment, om: stödbehov = stort, från: slut på team, till: 6 månader efter anställning, kontakt_var: 2 veckor}
  - {id: se-ag, typ: stöd, namn: Stöd till arbetsgivaren, gäller: arbetsgivare, om: stödbehov = stort, från: anställning, till: 6 månader efter anställning}
mål: [{id: ut, namn: Till arbete eller studier, indikator: kolada, minst: 56 %}]
"""

BYGG = """\
spår: bygg-norrort
namn: Byggnadsarbetare Norrort
typ: jobbspår
ägare: Arbetsmarknadsenheten
parter: [kommun, arbetsförmedlingen, vuxenutbildningen]
arbetsgivare:
  - {id: norrbygg, namn: Norrbygg AB, bransch: F, behov: {yrke: "7111", tjänster: 6}, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-10}}
  - {id: betong, namn: Betongpartner AB, bransch: F, behov: {yrke: "7119", tjänster: 4}, avtal: {typ: avsiktsförklaring, undertecknat: 2026-06-12}}
uppgifter: {svenska: [A, B, C, D], körkort: ja/nej}
målgrupp: {krav: [svenska >= B, utvald]}      # utvald: inbyggd, arbetsgivarens eget val vid träffen
intag: {platser: 12, minst_antal: 8, starter: [2026-08-31, {datum: 2027-02-01, platser: 6, hos: norrbygg}], svar_inom: 5 arbetsdagar, ansluta_inom: 2 veckor}
steg:
  - {id: kartläggning, typ: kartläggning, längd: 1 vecka, ger: [körkort]}
  - {id: säkerhet, typ: insats, namn: Säkerhetskurser, längd: 2 veckor, kostnad: 14000}
  - {id: vux, typ: yrkesvux, ansvarig: vuxenutbildningen, starter: [2026-09-21, 2027-02-22], längd: 20 veckor, kostnad: 62000, vid_resultat: {ej_klar: {gör_om: 1}}}
  - {id: yrkessvenska, typ: insats, namn: Yrkessvenska, parallellt_med: vux, timmar_per_vecka: 6}
  - {id: teori, typ: insats, namn: Körkortsteori, parallellt_med: vux, om: inte körkort, längd: 10 veckor}
  - {id: praktik, typ: praktik, platser: {norrbygg: 6, betong: 4}, längd: 6 veckor, vid_resultat: {avbruten: {gör_om: 1}}}
  - {id: provjobb, typ: förberedande anställning, faser: [praktikorientering, kompetensanalys, utbildningsplan], längd: 4 veckor}
  - {id: efterstöd, typ: stöd, från: start på praktik, till: 3 månader efter anställning}
"""


JOBBNATET_IN_SWEDISH = """\
spår: jobbnatet
namn: Jobbnätet
typ: jobbspår
ägare: Arbetsförmedlingen Globen
parter: [arbetsförmedlingen, kommun, kursanordnare]
period: {från: 2003-11-01, till: 2006-02-01}
arbetsgivare: [{id: natet, namn: Arbetsgivare i nätet, avtal: {typ: avsiktsförklaring, undertecknat: 2003-10-15}}]
uppgifter: {i_garantin: ja/nej, jobbredo: ja/nej, inskriven: datum, utbildning_behövs: ja/nej, validering_behövs: ja/nej, alternativ_plan: ja/nej,
  samtycke: ja/nej, färdigutredd: {typ: ja/nej, namn: Medicinskt färdigutredd, åtkomst: begränsad}}
målgrupp: {krav: [i_garantin, färdigutredd, jobbredo]}
intag: {starter: löpande, platser: 60, turordning: [företräde, dagar_sedan(inskriven) högst först]}
steg:
  - {id: kartläggning, typ: kartläggning, längd: 2 veckor, ger: [utbildning_behövs, validering_behövs]}
  - {id: jobbklubb, typ: insats, namn: Jobbklubb med ackvirering, längd: 8 veckor, timmar_per_vecka: 40}
  - {id: utbildning, typ: insats, namn: Förberedande utbildning, ansvarig: kursanordnare, om: utbildning_behövs, längd: 10 veckor}
  - {id: validering, typ: insats, namn: Validering, ansvarig: kursanordnare, efter: jobbklubb, om: validering_behövs, längd: 2 veckor}
  - {id: praktik, typ: praktik, längd: 8 veckor, vid_resultat: {avbruten: {gå_till: jobbklubb, högst: 1}}}
  - {id: handledare, typ: insats, namn: Utbildningsdagar för handledare, gäller: arbetsgivare, parallellt_med: praktik, längd: 2 dagar}
  - {id: förberedande, typ: förberedande anställning, faser: [praktikorientering, kompetensanalys, utbildningsplan], längd: 6 veckor}
  - {id: ambulerande, typ: stöd, namn: Ambulerande handledare, från: start på praktik, till: 1 månad efter anställning, kontakt_var: 1 vecka}
  - {id: trepart, typ: insats, namn: Trepartssamtal, från: vid behov, ger: [alternativ_plan, samtycke]}
överföringar: {fk: {mottagare: Försäkringskassan, kräver: resultat(trepart) = klar och samtycke, tar_med: [jobbredo, alternativ_plan]}}
mål:
  - {id: a, namn: I arbete eller reguljära studier, indikator: jobbnatet_end, mätt: periodens slut, minst: 70 %}
  - {id: b, namn: Övriga utredda för annan planering, räknar: alternativ_plan, bland: inte a, mätt: periodens slut, minst: 100 %}
  - {id: c, namn: Kortare inskrivningstid, status: struket, beslut: {datum: 2005-03-01, av: ESF-rådet, skäl: Underlaget höll inte}}
"""

JOBBTORG_IN_ENGLISH = """\
goals: [{at_least: 56 %, indicator: kolada, name: Till arbete eller studier, id: ut}]
steps:
  - {id: team, type: kartläggning, name: Eget team och plan, start_within: 5 working days, length: 2 weeks, gives: [stödbehov, siktar_på, arbetsträna]}
  - {id: cv, type: insats, name: CV och intervjuträning, length: 2 weeks}
  - {id: studieväg, type: insats, name: Vägledning till studier, when: siktar_på = studier, length: 2 months}
  - {id: arbetsträning, type: insats, name: Arbetsträning, after: [cv], when: [arbetsträna], length: 3 months}
  - id: matchning
    type: insats
    name: Coachning och matchning
    when: (siktar_på = arbete)
    length: 6 months
    results: [hired]
    on_result: {not_passed: {goto: team, at_most: 3}}
  - {id: praktik, type: praktik, name: Praktik, from: when needed, length: 3 months}
  - {id: yrkeskurs, type: insats, name: Kort yrkeskurs, responsible: vuxenutbildningen, from: when needed, length: 6 weeks}
  - {id: se, type: support, name: Supported Employment, when: stödbehov = stort, from: end of team, until: 6 months after employment,
     contact_every: 2 weeks}
  - {id: se-ag, type: support, name: Stöd till arbetsgivaren, subject: employer, when: stödbehov = stort, from: employment,
     until: 6 months after employment}
intake: {caseload: 30, starts: rolling}
target_group: {entry: bistånd}
facts: {bistånd: yes/no, stödbehov: [litet, medel, stort], siktar_på: [studier, arbete], arbetsträna: yes/no}
partners: [jobbtorg, stadsdelsförvaltning, vuxenutbildningen]
owner: Arbetsmarknadsförvaltningen
type: förberedande spår
name: Jobbtorg Stockholm
track: jobbtorg-stockholm
"""

BYGG_IN_ENGLISH = """\
track: bygg-norrort
name: Byggnadsarbetare Norrort
type: jobbspår
owner: Arbetsmarknadsenheten
partners: [kommun, arbetsförmedlingen, vuxenutbildningen]
employers:
  - {id: norrbygg, name: Norrbygg AB, sector: F, need: {occupation: "7111", positions: 6}, agreement: {type: avsiktsförklaring, signed: 2026-06-10}}
  - {id: betong, name: Betongpartner AB, sector: F, need: {occupation: 7119, positions: 4}, agreement: {type: avsiktsförklaring, signed: 2026-06-12}}
facts: {svenska: [A, B, C, D], körkort: yes/no}
target_group: {entry: [svenska>=B, selected]}
intake: {places: 12, minimum: 8, starts: [{date: 2027-02-01, places: 6, employer: [norrbygg]}, 2026-08-31], answer_within: 5 working days, join_within: 2 weeks}
steps:
  - {id: kartläggning, type: kartläggning, length: 1 week, gives: [körkort]}
  - {id: säkerhet, type: insats, name: Säkerhetskurser, length: 2 weeks, cost: 14000}
  - {id: vux, type: yrkesvux, responsible: vuxenutbildningen, starts: [2026-09-21, 2027-02-22], length: 20 weeks, cost: 62000, on_result: {not_passed: {retry: 1}}}
  - {id: yrkessvenska, type: insats, name: Yrkessvenska, alongside: vux, hours_per_week: 6}
  - {id: teori, type: insats, name: Körkortsteori, from: start of vux, until: end of vux, alongside: vux, when: not körkort, length: 10 weeks}
  - {id: praktik, type: praktik, places: {betong: 4, norrbygg: 6}, length: 6 weeks, on_result: {interrupted: {retry: 1, then: ask}}}
  - {id: provjobb, type: förberedande anställning, phases: [praktikorientering, kompetensanalys, utbildningsplan], length: 4 weeks}
  - {id: efterstöd, type: stöd, from: start of praktik, until: 3 months after employment}
"""


def track(text: str) -> Track:
    loaded = load_text(text)
    assert not loaded.diagnostics
    assert loaded.track is not None
    return loaded.track


def length(count: int, unit: Unit) -> Length:
    return Length(count=count, unit=unit)


def steps(of: Track) -> dict[str, Step]:
    return {step.id: step for step in of.steps}


ASK = Action(kind="ask")


def test_jobbnatet_means_what_it_says() -> None:
    it = track(JOBBNATET)
    assert (it.track, it.name, it.type, it.owner) == ("jobbnatet", "Jobbnätet", "jobbspår", "Arbetsförmedlingen Globen")
    assert it.partners == ("arbetsförmedlingen", "kommun", "kursanordnare")
    assert (it.period.first, it.period.until) == (date(2003, 11, 1), date(2006, 2, 1))
    agreement = Agreement(type="avsiktsförklaring", signed=date(2003, 10, 15))
    assert it.employers == (Employer(id="natet", name="Arbetsgivare i nätet", agreement=agreement),)
    assert it.facts["färdigutredd"] == Fact(id="färdigutredd", type="yes/no", name="Medicinskt färdigutredd", restricted=True)
    assert it.facts["inskriven"].type == "date"
    assert len(it.facts) == 8
    assert [rule.rule for rule in it.target_group.entry] == ["i_garantin", "färdigutredd", "jobbredo"]
    assert it.intake.rolling
    assert it.intake.places == 60
    assert it.intake.order == (Order(by="precedence"), Order(by="fact", fact="inskriven", days_since=True, highest_first=True))
    assert it.follow_up == (None, length(1, "months"), length(3, "months"), length(6, "months"))
    consent = (Condition(rule="result(trepart) = done and samtycke"),)
    fk = Transfer(id="fk", to="Försäkringskassan", local=False, requires=consent, carries=("jobbredo", "alternativ_plan"))
    assert it.transfers == {"fk": fk}
    assert it.key_language == "en"
    assert (it.calendar, it.language, it.engine) == ("SE/1", 1, 1)


def test_the_steps_of_jobbnatet_mean_what_they_say() -> None:
    it = steps(track(JOBBNATET))
    assert list(it) == [
        "kartläggning",
        "jobbklubb",
        "utbildning",
        "validering",
        "praktik",
        "handledare",
        "förberedande",
        "ambulerande",
        "trepart",
    ]
    mapping = Step(
        id="kartläggning",
        type="kartläggning",
        name="Kartläggning",
        length=length(2, "weeks"),
        gives=("utbildning_behövs", "validering_behövs"),
    )
    assert it["kartläggning"] == mapping
    assert it["jobbklubb"].hours_per_week == 40
    assert it["utbildning"].responsible == "kursanordnare"
    assert it["utbildning"].when == (Condition(rule="utbildning_behövs"),)
    assert it["utbildning"].after is None
    assert it["validering"].after == ("jobbklubb",)
    assert it["praktik"].on_result == {"interrupted": Action(kind="goto", target="jobbklubb", at_most=1, then=ASK)}
    assert it["praktik"].needs_employer
    assert it["handledare"].subject == "employer"
    assert it["handledare"].alongside == "praktik"
    assert it["handledare"].begins == Point(anchor="start", step="praktik")
    assert it["handledare"].until == Point(anchor="end", step="praktik")
    assert it["förberedande"].name == "Förberedande anställning"
    assert it["förberedande"].phases == ("praktikorientering", "kompetensanalys", "utbildningsplan")
    assert it["förberedande"].known_results == ("hired", "not_hired", "interrupted")
    assert it["ambulerande"].begins == Point(anchor="start", step="praktik")
    assert it["ambulerande"].until == Point(anchor="employment", after=length(1, "months"))
    assert it["ambulerande"].contact_every == length(1, "weeks")
    assert it["trepart"].when_needed
    assert it["trepart"].begins is None
    assert [step.id for step in it.values() if step.beside] == ["handledare", "ambulerande", "trepart"]


def test_the_goals_of_jobbnatet_mean_what_they_say() -> None:
    it = track(JOBBNATET)
    a, b, c = it.goals
    assert a.indicator == "jobbnatet_end"
    assert a.measure is not None
    assert (a.measure.among, a.measure.at, a.at_least) == ("admitted", "end of period", Threshold(number="70", share=True))
    work = "outcome = work or outcome = work_with_support or outcome = own_business or outcome = studies"
    assert [rule.rule for rule in a.measure.counts] == [work]
    assert b.measure is not None
    assert (b.measure.among, b.measure.among_goal, b.measure.at) == ("not_goal", "a", "end of period")
    assert b.measure.counts == (Condition(rule="alternativ_plan"),)
    assert (c.status, c.measure, c.decision) == (
        "struck",
        None,
        GoalDecision(date=date(2005, 3, 1), by="ESF-rådet", reason="Underlaget höll inte"),
    )
    assert list(it.indicators) == ["jobbnatet_end"]


def test_jobbtorg_means_what_it_says() -> None:
    it = track(JOBBTORG)
    assert (it.type, it.employers, it.key_language) == ("förberedande spår", (), "sv")
    assert it.facts["stödbehov"] == Fact(id="stödbehov", type="choice", choices=("litet", "medel", "stort"))
    assert (it.intake.rolling, it.intake.places, it.intake.caseload) == (True, None, 30)
    assert (it.intake.offer_before_start, it.intake.answer_within) == (length(4, "weeks"), length(10, "working days"))
    assert it.intake.order == (Order(by="precedence"), Order(by="referral"))
    them = steps(it)
    assert them["team"].start_within == length(5, "working days")
    assert them["studieväg"].when == (Condition(rule="siktar_på = studier"),)
    assert them["arbetsträning"].after == ("cv",)
    assert them["matchning"].results == ("hired",)
    assert them["matchning"].known_results == ("done", "not_passed", "interrupted", "hired")
    assert them["matchning"].on_result == {"not_passed": Action(kind="goto", target="team", at_most=3, then=ASK)}
    assert them["praktik"].when_needed
    assert them["praktik"].name == "Praktik"
    assert them["se"].type == "stöd"
    assert them["se"].begins == Point(anchor="end", step="team")
    assert them["se-ag"].subject == "employer"
    assert them["se-ag"].begins == Point(anchor="employment")
    assert them["se-ag"].until == Point(anchor="employment", after=length(6, "months"))


def test_the_goal_of_jobbtorg_is_the_shipped_measure() -> None:
    it = track(JOBBTORG)
    (goal,) = it.goals
    assert goal.at_least == Threshold(number="56", share=True)
    assert goal.measure == it.indicators["kolada"].measure
    assert goal.measure is not None
    kolada = "(outcome = work or outcome = work_with_support) and lasted(1 month) or outcome = studies"
    assert (goal.measure.counts, goal.measure.among, goal.measure.at) == ((Condition(rule=kolada),), "exits", "exit")


def test_bygg_norrort_means_what_it_says() -> None:
    it = track(BYGG)
    assert it.employers[0] == Employer(
        id="norrbygg", name="Norrbygg AB", sector="F", need=Need(occupation="7111", positions=6),
        agreement=Agreement(type="avsiktsförklaring", signed=date(2026, 6, 10)),
    )  # fmt: skip
    assert [rule.rule for rule in it.target_group.entry] == ["svenska >= B", "selected"]
    assert it.intake.starts == (Start(date=date(2026, 8, 31)), Start(date=date(2027, 2, 1), places=6, employers=("norrbygg",)))
    assert (it.intake.places, it.intake.minimum, it.intake.rolling) == (12, 8, False)
    assert (it.intake.answer_within, it.intake.join_within) == (length(5, "working days"), length(2, "weeks"))
    them = steps(it)
    assert them["säkerhet"].cost == Money(kronor=14000)
    assert them["vux"].starts == (date(2026, 9, 21), date(2027, 2, 22))
    assert them["vux"].name == "Yrkesvux"
    assert them["vux"].on_result == {"not_passed": Action(kind="retry", at_most=1, then=ASK)}


def test_the_beside_steps_of_bygg_norrort_mean_what_they_say() -> None:
    them = steps(track(BYGG))
    assert them["yrkessvenska"].until == Point(anchor="end", step="vux")
    assert them["teori"].when == (Condition(rule="not körkort"),)
    assert them["praktik"].employer_places == {"norrbygg": 6, "betong": 4}
    assert them["praktik"].places is None
    assert them["efterstöd"].name == "Stöd"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(JOBBNATET, JOBBNATET_IN_SWEDISH, id="jobbnatet"),
        pytest.param(JOBBTORG, JOBBTORG_IN_ENGLISH, id="jobbtorg"),
        pytest.param(BYGG, BYGG_IN_ENGLISH, id="bygg"),
    ],
)
def test_a_track_means_the_same_in_both_languages(one: str, other: str) -> None:
    assert track(one).meaning() == track(other).meaning()
    assert track(one).key_language != track(other).key_language


@pytest.mark.parametrize("text", [JOBBNATET, JOBBTORG, BYGG])
def test_a_track_is_restored_from_its_json_without_yaml(text: str) -> None:
    it = track(text)
    assert parse_stored_track(json.dumps(it.meaning())) == replace(it, key_language="sv")
