"""How units are written. Keys are the codes of the indicators."""

from collections.abc import Mapping

SIGNS_VI: Mapping[str, str] = {
    "%": "%",
    "pp": "điểm %",
    "ha": "ha",
    "ha_year": "ha/năm",
    "m3_day": "m³/ngày đêm",
    "m3_ha_day": "m³/ha/ngày đêm",
    "vnd_bn": "tỷ đồng",
    "usd_m": "triệu USD",
    "vnd_m_month": "triệu đồng/tháng",
    "count": "",
    "parks": "KCN",
    "workers": "lao động",
    "pct_year": "%/năm",
    "tonne": "tấn",
}
SIGNS_EN: Mapping[str, str] = {
    **SIGNS_VI,
    "pp": "pp",
    "ha_year": "ha/year",
    "m3_day": "m³/day",
    "m3_ha_day": "m³/ha/day",
    "vnd_bn": "VND bn",
    "usd_m": "USD m",
    "vnd_m_month": "VND m/month",
    "parks": "parks",
    "workers": "workers",
    "pct_year": "% a year",
    "tonne": "tonnes",
}


def unit_sign(unit: str, language: str) -> str:
    """A unit as it is written; what is no code stands as it is."""
    return (SIGNS_EN if language == "en" else SIGNS_VI).get(unit, unit)
