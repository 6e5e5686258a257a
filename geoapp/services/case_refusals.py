"""What the database says when it refuses a step of a case, as an error that names the field and says what to do."""

from geoapp.errors import N_, Conflict, Forbidden, GeoAppError, InvalidRequest, NotFound
from geoapp.store.cases import BEFORE, FIELD, NO_RIGHT, NO_STEP, Refusal

_MISSING = {
    "reason": N_("Say the reason."),
    "note": N_("Write the note."),
    "document_no": N_("Name the document: its number and who issued it."),
    "happened_on": N_("Say the day."),
    "months": N_("Say for how many months, at least 1."),
}
_FUTURE = N_("The day lies in the future. Only what has happened is recorded.")


class StepNotInLife(InvalidRequest):
    """The life of a case has no such step from where it stands. ``state``, ``step``: codes of both."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__(
            N_("A case in the state “%(state)s” has no step “%(step)s”. Its page lists the steps that it has."),
            parameter="step",
            state=state,
            step=step,
        )
        self.state = state
        self.step = step


def told_refusal(refusal: Refusal, number: int, step: str) -> GeoAppError:
    """The error that a refusal is for people."""
    if refusal.code == BEFORE:
        return Conflict(
            N_("Somebody else has worked on case %(number)s meanwhile. Nothing of yours is lost: look at what happened,"
               " and send again if it still holds."),
            number=number,
        )  # fmt: skip
    if refusal.code == NO_STEP:
        return StepNotInLife(refusal.detail, step)
    if refusal.code == NO_RIGHT:
        return Forbidden(N_("Your account may not take this step. Ask the head of the department."))
    if refusal.code == FIELD:
        return _field_fault(refusal.detail)
    return NotFound(N_("There is no case %(number)s. The work list is at /cases."), number=number)


def _field_fault(detail: str) -> InvalidRequest:
    field, kind, *more = detail.split()
    if kind == "missing":
        return InvalidRequest(_MISSING[field], parameter=field)
    if kind == "future":
        return InvalidRequest(_FUTURE, parameter=field)
    if kind == "beyond":
        granted, most = more
        return InvalidRequest(
            N_("Extensions of one case are at most %(most)s months together, and %(granted)s are granted already"
               " (a reading of the law). Look at the decision once more."),
            parameter=field,
            most=most,
            granted=granted,
        )  # fmt: skip
    return InvalidRequest(
        N_("This person does not work on cases of this park. Choose somebody who does."), parameter=field
    )
