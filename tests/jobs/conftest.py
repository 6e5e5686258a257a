"""Long work over the demonstration data."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.job_work import Office


@pytest.fixture(scope="session")
def loaded_office(databases: Any, staffed_database_url: str) -> Iterator[Office]:
    """The loaded data, with people; tests leave no work that waits."""
    office = Office(databases.make(staffed_database_url))
    yield office
    office.close()
