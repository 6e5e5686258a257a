"""Words as people look for them."""

import unicodedata


def fold(words: str) -> str:
    """Lower case without accents, so that "khanh phu" finds "Khánh Phú"; the database has the same function."""
    bare = "".join(c for c in unicodedata.normalize("NFD", words) if not unicodedata.combining(c))
    return bare.lower().replace("đ", "d")
