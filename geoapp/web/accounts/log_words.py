"""What the log calls an action, for people."""

from flask_babel import gettext

from geoapp.errors import N_

ACTIONS = {
    "session.began": N_("signed in"),
    "session.ended": N_("signed out"),
    "person.added": N_("added a person"),
    "person.changed": N_("changed a person"),
    "person.disabled": N_("let a person in no more"),
    "person.enabled": N_("let a person in again"),
    "person.linked": N_("linked single sign-on"),
    "person.password_changed": N_("changed the own password"),
    "person.password_reset": N_("gave a new password"),
    "case.propose": N_("opened proposals"),
    "case.confirm": N_("confirmed a sign"),
    "case.dismiss": N_("dismissed a proposal"),
    "case.propose_check": N_("proposed a check"),
    "case.notify": N_("recorded a notice"),
    "case.extend": N_("recorded an extension"),
    "case.propose_recovery": N_("proposed recovery of land"),
    "case.remedy": N_("recorded a remedy"),
    "case.close": N_("closed a case"),
    "case.assign": N_("gave a case to a person"),
    "case.take": N_("took a case on"),
    "case.note": N_("wrote a note on a case"),
    "case.flag": N_("flagged land by hand"),
    "land.added": N_("added an event to a land file"),
    "land.corrected": N_("corrected an event of a land file"),
    "land.withdrawn": N_("withdrew an event of a land file"),
    "report.make": N_("made a report"),
    "report.refresh": N_("brought the figures of a report up to date"),
    "report.text": N_("wrote a text of a report"),
    "report.comment": N_("commented on a report"),
    "report.settle": N_("settled a comment on a report"),
    "report.submit": N_("sent a report out for comment"),
    "report.withdraw": N_("took a report back to draft"),
    "report.approve": N_("approved a report"),
    "report.return": N_("returned a report to draft"),
    "report.sign": N_("recorded the signature of a report"),
    "report.attach": N_("kept the signed paper of a report"),
    "report.files": N_("made the files of a report"),
    "report.template": N_("changed the template of reports"),
    "export.csv": N_("downloaded CSV"),
    "export.xlsx": N_("downloaded a spreadsheet"),
    "export.geojson": N_("downloaded GeoJSON"),
    "export.gpkg": N_("downloaded GeoPackage"),
    "export.pdf": N_("downloaded PDF"),
    "export.png": N_("downloaded a picture of a map"),
    "export.svg": N_("downloaded a map as SVG"),
    "export.html": N_("downloaded a map as one HTML file"),
    "export.zip": N_("downloaded a ZIP archive"),
    "export.docx": N_("downloaded a text document"),
    "job.started": N_("started long work"),
    "job.stopped": N_("stopped long work"),
    "job.again": N_("ran long work again"),
    "export.file": N_("downloaded a file"),
}
"""Other rooms may add theirs; what is not here is told by its code."""

KINDS = {
    "export": N_("downloads"),
    "person": N_("people and rights"),
    "session": N_("signing in and out"),
    "case": N_("cases"),
    "land": N_("land files"),
    "report": N_("reports"),
    "job": N_("long work"),
}


def told(action: str) -> str:
    """An action in the language of the request."""
    return str(gettext(ACTIONS[action])) if action in ACTIONS else action


def kinds() -> list[tuple[str, str]]:
    """The kinds of actions, with their names in the language of the request."""
    return [(kind, str(gettext(title))) for kind, title in KINDS.items()]


DETAILS = {
    "address": N_("network address"),
    "query": N_("chosen by"),
    "name": N_("name"),
    "role": N_("role"),
    "department": N_("department"),
    "parks": N_("parks"),
    "before": N_("before"),
    "issuer": N_("provider"),
}
"""What the details of an action are called; what is not here is told by its code."""


def detail(name: str) -> str:
    """The name of a detail in the language of the request."""
    return str(gettext(DETAILS[name])) if name in DETAILS else name


def plainly(value: object) -> str:
    """A detail as text: what is said of a person before a change is a list of its own."""
    if isinstance(value, dict):
        return "; ".join(f"{detail(key)} {plainly(one)}" for key, one in value.items() if one not in (None, "", []))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
