"""What the database says when it refuses something about a report, as an error that says what to do."""

from geoapp.errors import N_, Conflict, Forbidden, GeoAppError, InvalidRequest, NotFound
from geoapp.store.reports import BEFORE, FIELD, NO_RIGHT, NOT_NOW, ReportRefusal

NO_REPORT = N_("There is no report %(number)s. The list of reports is at /reports.")
STATES = {
    "draft": N_("draft"),
    "comment": N_("out for comment"),
    "approved": N_("approved"),
    "signed": N_("signed"),
}
_FIELDS = {
    "document_no missing": N_("Give the number of the report, such as 05/BC-BQL."),
    "signed_on missing": N_("Say the day on which it was signed."),
    "signed_on future": N_("The day of the signature lies in the future. Only what has happened is recorded."),
    "signer missing": N_("Name who signed."),
    "files missing": N_("The files of the approved report are not made yet. Make them, look at them, then record the"
                        " signature."),
    "settles missing": N_("This comment is not there any more, or it is settled."),
    "content missing": N_("The report says nothing yet."),
}  # fmt: skip


class ReportClosed(InvalidRequest):
    """The report does not take this in the state that it is in. ``state``: its code."""

    def __init__(self, state: str) -> None:
        templates = {
            "signed": N_("The report is signed, so nothing in it can be changed by anybody. A correction is a new"
                         " version: make the report of the period again."),
            "approved": N_("The report is approved, so its content is closed. The head of department can return it to"
                           " draft."),
        }  # fmt: skip
        fallback = N_("The report is not in a state that takes this. Load its page again to see what comes next.")
        super().__init__(templates.get(state, fallback), parameter="state")
        self.state = state


def told_refusal(refusal: ReportRefusal, number: int) -> GeoAppError:
    """The error that a refusal is for people."""
    if refusal.code == BEFORE:
        return Conflict(
            N_("Somebody else has worked on report %(number)s meanwhile. Nothing of yours is lost: look at what"
               " happened, and send again if it still holds."),
            number=number,
        )  # fmt: skip
    if refusal.code == NOT_NOW:
        return ReportClosed(refusal.detail)
    if refusal.code == NO_RIGHT:
        return Forbidden(
            N_("Your account may not do this. Reports are written by planners and heads of department who see all"
               " parks; a head of department approves and signs.")
        )  # fmt: skip
    if refusal.code == FIELD:
        return InvalidRequest(_FIELDS[refusal.detail], parameter=refusal.detail.split()[0])
    return NotFound(NO_REPORT, number=number)
