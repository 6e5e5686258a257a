"""The same sheet gives the same bytes in every form, in another process too."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sheet_sample as sample

from geoapp.maps.sheet.draw import draw
from geoapp.maps.sheet.model import Form

_OTHER = """
import hashlib, sys
sys.path.insert(0, {folder!r})
import sheet_sample as sample
from geoapp.maps.sheet.draw import draw
from geoapp.maps.sheet.model import Form
for form in Form:
    print(hashlib.sha256(draw(sample.sheet(), form, dpi=72)).hexdigest())
"""


@pytest.fixture(scope="module")
def elsewhere() -> list[str]:
    """Hashes of all forms, made in another process."""
    script = _OTHER.format(folder=str(Path(__file__).parent))
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    return found.stdout.split()


@pytest.mark.parametrize("form", Form)
def test_two_processes_give_the_same_bytes(form: Form, elsewhere: list[str]) -> None:
    """No time, no chance, no order of a set is in the file."""
    made = hashlib.sha256(draw(sample.sheet(), form, dpi=72)).hexdigest()
    assert made == elsewhere[list(Form).index(form)]


@pytest.mark.parametrize("form", Form)
def test_another_day_gives_other_bytes(form: Form) -> None:
    """What is printed is in the file: the comparison above can fail."""
    other = sample.sheet(as_of=sample.date(2026, 9, 30))
    assert draw(sample.sheet(), form, dpi=72) != draw(other, form, dpi=72)


def test_threads_do_not_disturb_one_another() -> None:
    """Eight drawings at once, fonts not read before by this process's threads, are all the same."""
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: draw(sample.sheet(), Form.PDF), range(8)))
    assert {draw(sample.sheet(), Form.PDF)} == made
