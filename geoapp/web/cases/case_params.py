"""From query strings and forms about cases to checked values. What cannot be used is refused by name."""

import re
from collections.abc import Mapping
from datetime import date

from geoapp.core.permissions import Person
from geoapp.errors import N_, InvalidRequest
from geoapp.kinds import CaseState, CaseStep, SoftSignal
from geoapp.services.cases import ORDERS, CaseFilters, CaseStepRow
from geoapp.web.params import parse_choice, parse_day, parse_slug, parse_whole

TABS = ("mine", "overdue", "unassigned", "all")
RULES = ("R1", "R6", "R8", "R9", "R10")
MOST_NUMBER = 2_000_000_000
LONGEST = {"document_no": 200, "reason": 4000, "note": 4000}
# Steps that a person may ask for; the others are noted by the program itself, and photos come in with their receipt.
_OF_THE_PROGRAM = (CaseStep.OPEN, CaseStep.EVIDENCE, CaseStep.CONDITION_ENDED, CaseStep.CONDITION_RETURNED)
STEPS = [str(one) for one in CaseStep if one not in _OF_THE_PROGRAM]
_NUMBER = re.compile(r"[0-9]{1,9}")


def parse_filters(args: Mapping[str, str], person: Person) -> tuple[str, CaseFilters]:
    """The tab of the work list, and what it asks for. Raises: InvalidRequest."""
    tab = parse_choice(args, "tab", list(TABS)) or "all"
    state = parse_choice(args, "state", [str(one) for one in CaseState])
    filters = CaseFilters(
        assignee=person.id if tab == "mine" else None,
        unassigned=tab == "unassigned",
        overdue=tab == "overdue",
        closed=state in (CaseState.DISMISSED, CaseState.CLOSED) or args.get("closed") == "1",
        state=state,
        rule=parse_choice(args, "rule", list(RULES)),
        signal=parse_choice(args, "signal", list(SoftSignal)),
        park=parse_slug(args, "park"),
        department=(args.get("department") or "").replace("\0", "")[:200] or None,
    )
    return tab, filters


def parse_order(args: Mapping[str, str]) -> str:
    """By what the work list is ordered. Raises: InvalidRequest."""
    return parse_choice(args, "sort", list(ORDERS)) or "due"


def parse_after(args: Mapping[str, str]) -> tuple[str, int] | None:
    """The place of a row in the work list, as ``told_after`` writes it. Raises: InvalidRequest."""
    value = args.get("after", "").replace("\0", "\ufffd")
    if not value:
        return None
    key, _, number = value.rpartition("|")
    if not key or not _NUMBER.fullmatch(number):
        raise InvalidRequest(
            N_("%(parameter)s: expected the place of a row, as the link to the next rows has it, found “%(found)s”."),
            parameter="after",
            found=value[:40],
        )
    return key, int(number)


def told_after(key: tuple[str, int]) -> str:
    """The place of a row as it stands in an address."""
    return f"{key[0]}|{key[1]}"


def parse_step(form: Mapping[str, str]) -> CaseStepRow:
    """A step as a form or a program sends it: ``last_event`` is the number of the last event that was seen.

    Raises: InvalidRequest - a field that cannot be read; what the step needs is for the database to say.
    """
    step = parse_choice(form, "step", STEPS)
    seen = parse_whole(form, "last_event", 0, 999_999)
    for name, value in {"step": step, "last_event": seen}.items():
        if value is None:
            raise InvalidRequest(N_("%(parameter)s: expected, and not given."), parameter=name)
    assert step is not None  # noqa: S101 - just seen
    assert seen is not None  # noqa: S101 - just seen
    return CaseStepRow(
        step,
        seen + 1,
        happened_on=_day(form, "happened_on"),
        document_no=_words(form, "document_no"),
        document_on=_day(form, "document_on"),
        months=parse_whole(form, "months", 1, 1200),
        reason=_words(form, "reason"),
        note=_words(form, "note"),
        assignee_id=parse_whole(form, "assignee_id", 1, MOST_NUMBER),
    )


def parse_seen(marks: list[str]) -> dict[int, int]:
    """Cases that were ticked, as ``case:last event``. Raises: InvalidRequest."""
    seen = {}
    for mark in marks[:500]:
        number, _, last = mark.partition(":")
        if not _NUMBER.fullmatch(number) or not _NUMBER.fullmatch(last):
            raise InvalidRequest(
                N_("%(parameter)s: expected a case of the list, found “%(found)s”."), parameter="case", found=mark[:40]
            )
        seen[int(number)] = int(last)
    if not seen:
        raise InvalidRequest(N_("Tick at least one case first."), parameter="case")
    return seen


def _day(form: Mapping[str, str], name: str) -> date | None:
    return parse_day({name: form.get(name, "").strip()}, name)


def _words(form: Mapping[str, str], name: str) -> str | None:
    value = form.get(name, "").replace("\0", "").replace("\r\n", "\n").strip()
    if len(value) > LONGEST[name]:
        raise InvalidRequest(
            N_("%(parameter)s: expected at most %(most)s characters, found %(found)s."),
            parameter=name,
            most=LONGEST[name],
            found=len(value),
        )
    return value or None
