"""What the fields of an event are called, in the language of the request."""

from flask_babel import gettext as _

from geoapp.web.page_parts import code_label

_LISTS = {
    "basis": "land_basis",
    "progress_form": "progress_form",
    "ground": "extension_ground",
    "decided_by": "decided_by",
    "regime": "special_regime",
}


def choice_label(name: str, value: str) -> str:
    """One of the choices of a field."""
    if name == "paid":
        return str(_("paid") if value == "true" else _("not paid"))
    return code_label(_LISTS[name], value)


def field_title(name: str) -> str:
    """The title of a field."""
    titles: dict[str, str] = {
        "kind": _("What happened"),
        "portion": _("Portion"),
        "happened_on": _("Day of the event or of the decision"),
        "from_on": _("First day"),
        "to_on": _("Last day, included"),
        "basis": _("Right to the land"),
        "regime": _("Regime"),
        "progress_form": _("How the end of the progress is written"),
        "progress_end_on": _("End of the progress"),
        "progress_quarter": _("Quarter, such as 2027-Q4"),
        "progress_months": _("Months"),
        "ground": _("Ground"),
        "extension_no": _("Which extension it is: 1, 2"),
        "starts_on": _("Start as printed"),
        "months": _("Months"),
        "ends_on": _("End as printed"),
        "announced_on": _("Announced on"),
        "record_on": _("Record of"),
        "report_on": _("Report or conclusion of"),
        "decided_by": _("Decided by"),
        "area_ha": _("Area (ha)"),
        "amount_vnd": _("Amount (VND)"),
        "paid": _("Extra amount"),
        "about": _("About event"),
        "document_no": _("Number of the document"),
        "document_on": _("Date of the document, where it is another day"),
        "issued_by": _("Issued by"),
        "evidence": _("Evidence"),
        "note": _("Note"),
    }
    return titles[name]
