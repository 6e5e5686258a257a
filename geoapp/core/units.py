"""How units are written, by the code of the indicators, in both languages."""

_UNITS = {
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
}
_UNITS_EN = {
    **_UNITS,
    "pp": "pp",
    "ha_year": "ha/year",
    "m3_day": "m³/day",
    "m3_ha_day": "m³/ha/day",
    "vnd_bn": "VND bn",
    "usd_m": "USD m",
    "vnd_m_month": "VND m/month",
}


def written_unit(unit: str, language: str) -> str:
    """The sign of a unit; a unit without a code stands for itself."""
    return (_UNITS_EN if language == "en" else _UNITS).get(unit, unit)
