"""The translations of the program without a web request, so that web, commands and jobs say the same."""

from collections.abc import Callable
from functools import cache

from babel.support import NullTranslations, Translations

from geoapp.resources import translations_dir


def speaker(language: str) -> Callable[[str], str]:
    """Gives the English text of a message in a language: ``vi`` or ``en``."""
    return _translations(language).gettext


@cache
def _translations(language: str) -> NullTranslations:
    # A language without a file has the English texts.
    return Translations.load(str(translations_dir()), [language])
