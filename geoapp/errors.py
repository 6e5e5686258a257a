"""The one tree of errors. A message says what was asked, what was found and what to do.

    GeoAppError
    ├── NotFound            the thing asked for does not exist                       404
    ├── InvalidRequest      a parameter cannot be used; names it and says why        400
    │   └── TooLarge        more than is taken                                       413
    ├── InvalidFields       what was sent cannot be used; names every field          422
    ├── Unauthorized        nobody is signed in, and this is not for visitors        401
    ├── Forbidden           who is signed in may not do this                         403
    ├── Conflict            somebody else has changed it meanwhile                   409
    ├── TooOften            too many attempts; wait a while                          429
    ├── ProviderAway        another server that we ask does not answer               502
    ├── InvalidFields       what was sent cannot be used; names every field          422
    ├── Busy                too many requests are under way; try again               503
    ├── ConfigError         settings or the machine are not fit to start             start refused
    ├── CatalogError        a layer declaration is broken; lists every fault         start refused
    ├── DataError           a file or a row is refused; lists every fault            load refused
    └── StoreError          the database says no
        └── StoreUnavailable    it cannot be reached, or does not answer in time     503

Messages are templates with named parameters, so that the web can translate the template and still show what was
asked: ``NotFound(N_("No park %(slug)s."), slug="x")``. ``str(error)`` is the English sentence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a message for translation; the text itself is returned."""
    return message


class GeoAppError(Exception):
    """Root of all errors that are meant for a person.

    Args: template - an English sentence with ``%(name)s`` places; params - what goes into them.
    """

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template, params)
        self.template = template
        self.params = params

    def __str__(self) -> str:
        return self.template % self.params if self.params else self.template


class NotFound(GeoAppError):  # noqa: N818 - reads as what it is
    """The thing asked for does not exist."""


class InvalidRequest(GeoAppError):  # noqa: N818
    """A parameter of a request cannot be used. ``parameter`` names it."""

    def __init__(self, template: str, *, parameter: str, **params: object) -> None:
        super().__init__(template, parameter=parameter, **params)
        self.parameter = parameter


class TooLarge(InvalidRequest):
    """More was sent, or announced, than is taken."""


class Conflict(GeoAppError):  # noqa: N818
    """Somebody else has changed the same thing meanwhile; nothing was stored."""


class Unauthorized(GeoAppError):  # noqa: N818
    """Nobody is signed in, and what is asked for is not for visitors; or the name and password do not fit."""


class Forbidden(GeoAppError):  # noqa: N818
    """Who is signed in may not do this."""


class TooOften(GeoAppError):  # noqa: N818
    """Too many attempts of this kind; a while must pass."""


class ProviderAway(GeoAppError):  # noqa: N818
    """Another server that this one asks does not answer."""


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with one field. ``template`` and ``params`` make the reason, in any language."""

    field: str
    template: str
    params: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}" if self.field else self.reason

    @property
    def reason(self) -> str:
        """The reason in English."""
        return self.template % self.params if self.params else self.template


class InvalidFields(GeoAppError):  # noqa: N818
    """Fields of what was sent cannot be used. ``faults`` has every one of them."""

    def __init__(self, template: str, faults: Sequence[FieldFault], **params: object) -> None:
        super().__init__(template, **params)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  - {fault}" for fault in self.faults)])


class Busy(GeoAppError):  # noqa: N818
    """Too many requests are under way; nothing is wrong with this one."""


class FaultList(GeoAppError):  # noqa: N818 - never raised itself
    """An error that lists all faults at once, a line each, so that one round of mending is enough."""

    def __init__(self, template: str, faults: Sequence[str], **params: object) -> None:
        super().__init__(template, **params)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  - {fault}" for fault in self.faults)])


class ConfigError(FaultList):
    """Settings or the machine are not fit to start."""

    def __init__(self, template: str, faults: Sequence[str] = (), **params: object) -> None:
        super().__init__(template, faults, **params)


class CatalogError(FaultList):
    """One or more layer declarations are broken."""


class DataError(FaultList):
    """One or more files or rows are refused; nothing was stored."""


class StoreError(GeoAppError):
    """The database refused or failed."""


class StoreUnavailable(StoreError):  # noqa: N818
    """The database cannot be reached or did not answer in time."""
