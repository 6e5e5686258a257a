"""The texts that a record of a check cites (căn cứ), each from the day on which it is in force."""

from datetime import date

from geoapp.errors import N_

_GROUNDS = (
    (date(2024, 8, 1), N_("Under the Land Law No. 31/2024/QH15 of 18 January 2024")),
    (
        date(2024, 8, 1),
        N_(
            "Under Decree No. 102/2024/NĐ-CP of 30 July 2024 of the Government detailing a number of articles of the"
            " Land Law and its amendments"
        ),
    ),
    (
        date(2025, 8, 5),
        N_("Under Decree No. 217/2025/NĐ-CP of 5 August 2025 of the Government on specialised checks"),
    ),
    (date(2025, 8, 5), N_("Under the decision on the check No. ………………… of day …… month …… year ………")),
)


def grounds_on(day: date) -> tuple[str, ...]:
    """The grounds that are in force on a day, as messages."""
    return tuple(text for begins, text in _GROUNDS if begins <= day)
