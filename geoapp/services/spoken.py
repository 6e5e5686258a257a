"""The translations of the program without a web request, so that web, commands and jobs say the same."""

from collections.abc import Callable
from functools import cache

from babel.support import Translations

from geoapp.resources import translations_dir


def speaker(language: str) -> Callable[[str], str]:
    """Gives the English text of a message in a language: ``vi`` or ``en``."""
    return _translations(language).gettext


@cache
def _translations(language: str) -> Translations:
    # Where a language has no file its texts are the English ones.
    found = Translations.load(str(translations_dir()), [language])
    assert isinstance(found, Translations)  # noqa: S101 - without a file an empty one of the same kind
    return found
