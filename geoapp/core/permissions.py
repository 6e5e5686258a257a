"""Who may do what: the permissions, the roles, and the one table from the one to the other.

The same table lies in the database (``role_permissions``), so that row-level security agrees with the pages; a test
holds them to each other, and ``docs/accounts.md`` is written from here.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from geoapp.errors import N_
from geoapp.kinds import AccessClass


class Permission(StrEnum):
    """What a view may ask for."""

    OPEN = "open"
    READ_PUBLIC = "read_public"
    EXPORT = "export"
    OWN_ACCOUNT = "own_account"
    READ_INTERNAL = "read_internal"
    READ_RESTRICTED = "read_restricted"
    EXPORT_INTERNAL = "export_internal"
    CASE_READ = "case_read"
    CASE_FLAG = "case_flag"
    CASE_WORK = "case_work"
    CASE_JUDGE = "case_judge"
    CASE_ASSIGN = "case_assign"
    LAND_FILE_EDIT = "land_file_edit"
    PEOPLE_MANAGE = "people_manage"
    REPORT_READ = "report_read"
    FIGURE_ENTER = "figure_enter"
    REPORT_WRITE = "report_write"
    REPORT_APPROVE = "report_approve"
    JOB_RUN = "job_run"
    AUDIT_READ = "audit_read"


class PersonRole(StrEnum):
    """What a person is here for."""

    VIEWER = "viewer"
    PLANNER = "planner"
    INSPECTOR = "inspector"
    HEAD = "head"
    ADMIN = "admin"


MEANINGS: dict[Permission, str] = {
    Permission.OPEN: N_("What is needed to sign in, and what tells whether the server runs"),
    Permission.READ_PUBLIC: N_("Read public maps, pages and figures"),
    Permission.EXPORT: N_("Download public data as files"),
    Permission.OWN_ACCOUNT: N_("Change the own password, sign out"),
    Permission.READ_INTERNAL: N_("Read internal layers"),
    Permission.READ_RESTRICTED: N_("Read restricted layers"),
    Permission.EXPORT_INTERNAL: N_("Download internal data as files"),
    Permission.CASE_READ: N_("Read cases, the clock of a project and the evidence"),
    Permission.CASE_FLAG: N_("Flag land by hand"),
    Permission.CASE_WORK: N_("Work on a case: evidence, checks, notices, extensions, what was remedied"),
    Permission.CASE_JUDGE: N_("Confirm, dismiss and close cases"),
    Permission.CASE_ASSIGN: N_("Give cases to people"),
    Permission.LAND_FILE_EDIT: N_("Enter dates and documents of land files"),
    Permission.REPORT_READ: N_("Read targets, tasks and reports"),
    Permission.FIGURE_ENTER: N_("Enter the figures of the own department, and the state of its tasks"),
    Permission.REPORT_WRITE: N_("Write reports: drafts, texts, comments"),
    Permission.REPORT_APPROVE: N_("Approve figures and reports, record the signature"),
    Permission.JOB_RUN: N_("Start long work that runs in the background; stop it and run it again: the own"),
    Permission.PEOPLE_MANAGE: N_("Manage people and their rights"),
    Permission.AUDIT_READ: N_("Read the log of changes and downloads"),
}
ROLE_NAMES: dict[PersonRole, str] = {
    PersonRole.VIEWER: N_("Viewer"),
    PersonRole.PLANNER: N_("Planner"),
    PersonRole.INSPECTOR: N_("Inspector"),
    PersonRole.HEAD: N_("Head of department"),
    PersonRole.ADMIN: N_("Administrator"),
}

_P = Permission
_BEFORE_CHANGE = frozenset({_P.OPEN, _P.OWN_ACCOUNT})
_VISITOR = frozenset({_P.OPEN, _P.READ_PUBLIC, _P.EXPORT})
_VIEWER = _VISITOR | {_P.OWN_ACCOUNT, _P.READ_INTERNAL, _P.REPORT_READ, _P.JOB_RUN}
_INSPECTOR = _VIEWER | {
    _P.READ_RESTRICTED, _P.EXPORT_INTERNAL, _P.CASE_READ, _P.CASE_FLAG, _P.CASE_WORK, _P.CASE_JUDGE,
    _P.FIGURE_ENTER,
}  # fmt: skip

# None: a visitor who is not signed in. Where public reading is off, only OPEN is left to him.
GRANTS: dict[PersonRole | None, frozenset[Permission]] = {
    None: _VISITOR,
    PersonRole.VIEWER: _VIEWER,
    PersonRole.PLANNER: _VIEWER
    | {_P.EXPORT_INTERNAL, _P.CASE_READ, _P.LAND_FILE_EDIT, _P.FIGURE_ENTER, _P.REPORT_WRITE},
    PersonRole.INSPECTOR: _INSPECTOR,
    PersonRole.HEAD: _INSPECTOR
    | {_P.CASE_ASSIGN, _P.LAND_FILE_EDIT, _P.REPORT_WRITE, _P.REPORT_APPROVE, _P.AUDIT_READ},
    # Who manages the accounts works on no case: nobody gives rights to himself and uses them unseen.
    PersonRole.ADMIN: _VIEWER | {_P.PEOPLE_MANAGE, _P.AUDIT_READ},
}
_READS = {
    AccessClass.PUBLIC: _P.READ_PUBLIC,
    AccessClass.INTERNAL: _P.READ_INTERNAL,
    AccessClass.RESTRICTED: _P.READ_RESTRICTED,
}


@dataclass(frozen=True)
class Person:
    """Someone who is signed in. ``park_ids``: the parks that the person is held to; none means all."""

    id: int
    login: str
    name: str
    role: PersonRole
    department: str | None = None
    park_ids: frozenset[int] = field(default=frozenset())
    must_change: bool = False

    def may(self, permission: Permission) -> bool:
        """Whether this person has a permission; whoever must first change a password given by others has few."""
        if self.must_change:
            return permission in _BEFORE_CHANGE
        return permission in GRANTS[self.role]


@dataclass(frozen=True)
class Reader:
    """For whom something is read: what caches are kept apart by. ``person_id``: None for a visitor."""

    role: PersonRole | None = None
    person_id: int | None = None
    park_ids: frozenset[int] = field(default=frozenset())

    def may_read(self, access: AccessClass) -> bool:
        """Whether layers of this class exist for the reader."""
        return _READS[access] in GRANTS[self.role]


VISITOR = Reader()


def granted(role: PersonRole | None, *, public_reading: bool = True) -> frozenset[Permission]:
    """What a role may do; None is a visitor."""
    if role is None and not public_reading:
        return frozenset({Permission.OPEN})
    return GRANTS[role]
