"""Monthly figures as the database keeps them: drafts and steps, refused by triggers with codes of their own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from geoapp.errors import StoreError
from geoapp.store.pages import statement

# Codes of refusals, see migrations/sql/0029_target_figures.sql, 0029_tasks.sql and 0035_figure_four_eyes.sql.
NO_RIGHT, NO_STEP, MONTH, CHANGED, REASON, OWN = "GT001", "GT002", "GT003", "GT004", "GT005", "GT006"


def add_draft(connection: Connection, figure: Mapping[str, object]) -> None:
    """Store a draft. Raises: StoreError - refused; see ``code_of``."""
    connection.execute(statement("figure_add"), dict(figure))


def take_step(connection: Connection, figure_id: int, state: str, reason: str | None = None) -> bool:
    """The next state of a figure; False where it is no longer the current one. Raises: StoreError."""
    done = connection.execute(statement("figure_step"), {"id": figure_id, "state": state, "reason": reason})
    return done.one_or_none() is not None


def code_of(error: StoreError) -> str | None:
    """Why a trigger refused; None where something else did."""
    driver: Any = getattr(error.__cause__, "orig", None)
    code = getattr(driver, "pgcode", None) or ""
    # A policy of the table: such as the park of somebody else.
    if code == "42501":
        return NO_RIGHT
    return code if code.startswith("GT") else None
