"""Words as people look for them."""

import pytest

from geoapp.core.words import fold, in_order


@pytest.mark.parametrize("words", ["Khánh Phú Đồng Văn", "KHA\u0301NH PHU\u0301 ĐO\u0302\u0300NG VĂN"])
def test_accents_and_case_go(words: str) -> None:
    """However they are composed; the letters stay."""
    assert "khanh phu dong van" == fold(words)


def test_names_are_in_the_order_of_the_alphabet() -> None:
    """Accents decide only between the same letters, and đ comes after d."""
    names = ["Đồng Văn 1", "Dệt may", "Bình Lục", "Bảo Minh", "Châu Sơn"]
    assert ["Bảo Minh", "Bình Lục", "Châu Sơn", "Dệt may", "Đồng Văn 1"] == sorted(names, key=in_order)
