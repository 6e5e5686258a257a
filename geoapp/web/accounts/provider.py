"""Which provider of single sign-on there is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """A provider of single sign-on. ``claim``: what it calls the user name; ``title``: what people call it."""

    issuer: str
    client_id: str
    client_secret: str | None
    claim: str
    title: str | None
