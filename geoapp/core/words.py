"""Words as people look for them."""

import unicodedata


def fold(words: str) -> str:
    """Lower case without accents, so that "khanh phu" finds "Khánh Phú"; the database has the same function."""
    bare = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    return bare.lower().replace("đ", "d")


def in_order(words: str) -> tuple[str, str]:
    """What names are sorted by: the letters without accents, đ after d; between the same letters their accents."""
    return fold(words.replace("Đ", "Dz").replace("đ", "dz")), words
