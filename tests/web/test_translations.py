"""Every text of the pages is there in Vietnamese."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import geoapp.web

WEB = Path(geoapp.web.__file__).parent
PO = WEB / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


def ids_of(message: Message) -> tuple[str, ...]:
    """The English text, or its singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def texts_of(message: Message) -> tuple[str, ...]:
    """The Vietnamese texts."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """What is translated."""
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


def extracted(repository: Path) -> Iterator[str]:
    """Every message of the code and the templates, found by the rules of babel.cfg."""
    rules = [
        (match[2].strip(), match[1])
        for line in (repository / "babel.cfg").read_text(encoding="utf-8").splitlines()
        if (match := re.fullmatch(r"\[(\w+): (.+)\]", line))
    ]
    found = extract_from_dir(
        str(repository), method_map=rules, keywords={"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)},
        directory_filter=lambda name: not Path(name).name.startswith((".", "node_modules", "var")),
    )  # fmt: skip
    for _, _, message, _, _ in found:
        yield message if isinstance(message, str) else message[0]


def test_nothing_is_left_untranslated(repository: Path, catalogue: Catalog) -> None:
    """Each text that a page can show has a Vietnamese one."""
    translated = {ids_of(message)[0] for message in catalogue if all(texts_of(message))}
    found = set(extracted(repository))
    assert len(found) > 100
    assert set() == found - translated


def test_nothing_is_translated_that_nobody_says(repository: Path, catalogue: Catalog) -> None:
    """Texts that are gone are gone from the translation too."""
    assert set() == {ids_of(message)[0] for message in catalogue if message.id} - set(extracted(repository))


def test_places_are_kept(catalogue: Catalog) -> None:
    """What is put into the English text is put into the Vietnamese one."""
    wrong = [
        ids_of(message)[0]
        for message in catalogue
        if message.id
        for told in texts_of(message)
        if set(PLACES.findall(ids_of(message)[-1])) != set(PLACES.findall(told))
    ]
    assert [] == wrong


def test_what_is_compiled_is_what_is_written(catalogue: Catalog) -> None:
    """The program reads the compiled file; it must not be an old one."""
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    written, read = ({ids_of(m): texts_of(m) for m in part if m.id} for part in (catalogue, compiled))
    assert written == read


def test_no_translation_is_unsure(catalogue: Catalog) -> None:
    """A fuzzy entry is not shown; so there are none."""
    assert [] == [message.id for message in catalogue if message.id and message.fuzzy]
