"""Translations: the .po files that people write, compiled to the .mo files that the program reads."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "geoapp" / "web" / "translations"


def find_outdated() -> list[Path]:
    """The .po files whose .mo is absent or older."""
    return [
        po
        for po in sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]


def compile_outdated() -> list[Path]:
    """Compile what is outdated; the .po files that were. Needs Babel.

    Raises: ValueError - a file has faults, with file, line and what is wrong.
    """
    outdated = find_outdated()
    if not outdated:
        return []
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - the set-up looks for work before Babel is there
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for po in outdated:
        with po.open("rb") as file:
            catalogue = read_po(file, locale=po.parts[-3])
        faults = [f"{po}:{message.lineno}: {error}" for message, errors in catalogue.check() for error in errors]
        if faults:
            raise ValueError("\n".join(faults))
        draft = po.with_suffix(".mo.new")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(po.with_suffix(".mo"))
    return outdated


if __name__ == "__main__":
    compile_outdated()
