"""The record of a check (biên bản kiểm tra), to be finished by hand on the site.

Form: Decree 30/2020/NĐ-CP, Appendix I. Content: Decree 217/2025/NĐ-CP, Article 15(3)(a): who took part, what was
checked and verified, the opinion of the checked party, signatures; a refusal to sign is noted with a witness.
"""

from geoapp.errors import N_
from geoapp.reports.blocks import (
    BODY,
    GROUNDS,
    HEADING,
    ITEM,
    KIND,
    NOTE,
    SUBJECT,
    Block,
    Fill,
    Letterhead,
    Para,
    Rule,
    Run,
    Signatures,
    Table,
    Together,
    clean,
    plain,
    row,
)
from geoapp.reports.dossier import Dossier
from geoapp.reports.speech import Speech

_SUBJECT_RULE_MM = 40
_FACTS_MM = (58.0, 107.0)


def record_blocks(dossier: Dossier, speech: Speech) -> list[Block]:
    """The record: what is known is written, what is not known yet has lines of dots."""
    return [
        *_opening(dossier, speech),
        *_present(dossier, speech),
        *_checked(dossier, speech),
        *_verified(speech),
        *_ending(speech),
    ]


def letterhead(dossier: Dossier, speech: Speech) -> Letterhead:
    """The head of page 1. Number and day stay blank until the office issues the record."""
    say = speech.say
    return Letterhead(
        say(N_("NINH BÌNH PEOPLE'S COMMITTEE")),
        tuple(say(N_("MANAGEMENT BOARD|OF THE ECONOMIC ZONE|AND THE INDUSTRIAL PARKS")).split("|")),
        say(N_("SOCIALIST REPUBLIC OF VIET NAM")),
        say(N_("Independence - Freedom - Happiness")),
        say(N_("No.: ……/BB-BQL")),
        speech.told(N_("Ninh Bình, day …… month …… year %(year)s"), year=dossier.as_of.year),
    )


def _opening(dossier: Dossier, speech: Speech) -> list[Block]:
    say, told = speech.say, speech.told
    subject = told(N_("On the use of land by the project %(project)s"), project=_named(dossier.project))
    last = len(dossier.grounds) - 1
    return [
        letterhead(dossier, speech),
        Para(plain(say(N_("RECORD OF CHECK")), bold=True), KIND),
        Para(plain(subject, bold=True), SUBJECT),
        Rule(_SUBJECT_RULE_MM),
        *(
            Para(plain(text + ("." if place == last else ";"), italic=True), GROUNDS)
            for place, text in enumerate(dossier.grounds)
        ),
        Para(
            plain(
                told(
                    N_(
                        "Today, at …… hours …… minutes on day …… month …… year ………, at ……………………………………………………,"
                        " the use of land of the project %(project)s was checked (case No. %(case)s). The outcome is as"
                        " follows:"
                    ),
                    project=_named(dossier.project),
                    case=dossier.number,
                )
            ),
            BODY,
        ),
    ]


def _named(project: str) -> str:
    """The name of a project behind the words "the project": without these words of its own."""
    return clean(project).removeprefix("Dự án ")


def _present(dossier: Dossier, speech: Speech) -> list[Block]:
    say, told = speech.say, speech.told
    person = say(N_("Mr (Ms):"))
    return [
        Para(plain(say(N_("I. WHO TOOK PART")), bold=True), HEADING),
        Para(plain(say(N_("1. The team that checked (decision No. ………………… of day …… month …… year ………)"))), ITEM),
        Fill(person, 0),
        Fill(person, 0),
        Para(plain(told(N_("2. The checked party: %(investor)s"), investor=clean(dossier.investor) or "…" * 20)), ITEM),
        Fill(say(N_("Represented by Mr (Ms):")), 0),
        Para(plain(say(N_("3. Others (People's Committee of the commune, infrastructure developer, witness)"))), ITEM),
        Fill(person, 0),
    ]


def _checked(dossier: Dossier, speech: Speech) -> list[Block]:
    say = speech.say
    ground, finding = dossier.ground, dossier.finding
    plots = ", ".join(clean(plot.code) for plot in ground.plots)
    facts = [
        (N_("Project, investor"), "; ".join(filter(None, (dossier.project, dossier.unit, dossier.investor)))),
        (N_("Where it lies"), "; ".join(filter(None, (ground.park, *ground.communes)))),
        (N_("Plots (Appendix I)"), plots or "–"),
        (N_("Area of the land"), speech.area(ground.area_ha)),
        (N_("Sign on the records"), finding.state),
        (N_("Count of days"), finding.day_count or "–"),
        (N_("Area that the sign concerns"), speech.area(finding.violation_area_ha)),
        (N_("Legal basis"), f"{finding.law} ({finding.rule})" if finding.rule else "–"),
        (N_("Data to; as known on"), f"{speech.day(dossier.as_of)}; {speech.moment(dossier.known_at)}"),
    ]
    return [
        Para(plain(say(N_("II. WHAT WAS CHECKED")), bold=True), HEADING),
        Para(plain(say(N_("1. The land and the sign on the records, from the case file")), bold=True), ITEM),
        Table(_FACTS_MM, (), tuple(row(plain(say(name), bold=True), clean(value)) for name, value in facts)),
        Para(
            plain(
                say(
                    N_(
                        "The sign is a proposal computed from dates and documents on record (Appendix II). It is no"
                        " conclusion that the law was broken; who is competent concludes after the check."
                    )
                ),
                italic=True,
            ),
            NOTE,
        ),
    ]


def _verified(speech: Speech) -> list[Block]:
    say = speech.say
    return [
        Para(plain(say(N_("2. What was verified on the site")), bold=True), ITEM),
        Fill(say(N_("a) Items and works that are built, and since when:")), 2),
        Fill(say(N_("b) Items and works that are not built or not complete:")), 1),
        Fill(say(N_("c) Area that is not in use or behind schedule (ha), plots:")), 1),
        Fill(say(N_("d) Reasons, and documents that were shown:")), 1),
        Para(plain(say(N_("III. OPINION OF THE CHECKED PARTY")), bold=True), HEADING),
        Fill("", 3),
        Para(plain(say(N_("IV. REMARKS AND PROPOSALS OF THE TEAM")), bold=True), HEADING),
        Fill("", 2),
    ]


def _ending(speech: Speech) -> list[Block]:
    say = speech.say
    sign = say(N_("(Signature, full name)"))
    end = say(
        N_(
            "The check ended at …… hours …… minutes of the same day. This record was read out to all who are named"
            " above; they agree to it and sign. It is made in …… copies of equal worth; each party keeps …… copies"
        )
    )
    whom = (
        ((say(N_("FOR THE CHECKED PARTY")), sign), (say(N_("HEAD OF THE TEAM")), sign)),
        ((say(N_("PEOPLE'S COMMITTEE OF THE COMMUNE|OR WITNESS")), sign), (say(N_("WRITTEN BY")), sign)),
    )
    refused = Fill(say(N_("Where the checked party does not sign: reason, and who witnesses it:")), 0)
    return [Together((Para((Run(f"{clean(end)}./."),), BODY), refused, Signatures(whom)))]
