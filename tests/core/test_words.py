"""Words as people look for them."""

import pytest

from geoapp.core.words import fold


@pytest.mark.parametrize("words", ["Khánh Phú Đồng Văn", "KHA\u0301NH PHU\u0301 ĐO\u0302\u0300NG VĂN"])
def test_accents_and_case_go(words: str) -> None:
    """However they are composed; the letters stay."""
    assert "khanh phu dong van" == fold(words)
