"""The page of rights says what the program does."""

from pathlib import Path

from geoapp.core.permission_table import with_table
from geoapp.core.permissions import GRANTS, MEANINGS, ROLE_NAMES, Permission, PersonRole


def test_the_page_is_current(repository: Path) -> None:
    """docs/accounts.md has the table of today; `geoapp people rights` prints it."""
    page = (repository / "docs" / "accounts.md").read_text(encoding="utf-8")
    assert with_table(page) == page


def test_every_permission_has_a_meaning_and_somebody() -> None:
    """Nothing in the table is without words, and nothing is granted to nobody."""
    assert set(Permission) == set(MEANINGS)
    assert set(PersonRole) == set(ROLE_NAMES)
    assert set(Permission) == frozenset().union(*GRANTS.values())


def test_a_viewer_works_on_no_case() -> None:
    """As the board wants it: a viewer reads public and internal layers, and that is all."""
    assert not [one for one in GRANTS[PersonRole.VIEWER] if one.startswith("case_")]
