"""The fields that the template of a report may hold: names as the office types them, and what each becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geoapp.core.report_model import Content
from geoapp.errors import N_
from geoapp.reports.speech import Speech

PARTS = 7
# Texts that people give beside those of the blanks.
NUMBER, SIGNED_ON, SIGNER_TITLE, SIGNER_NAME = "number", "signed_on", "signer_title", "signer_name"
_DOTS = "……"


@dataclass(frozen=True)
class Field:
    """A field. ``is_block``: a paragraph of its own, ``{{p name}}``; ``meaning``: for people, a message."""

    name: str
    meaning: str
    is_block: bool = False
    is_required: bool = False


FIELDS: tuple[Field, ...] = (
    Field("so_hieu", N_("number of the document; dots until it is issued"), is_required=True),
    Field("dia_danh_ngay", N_("place and day of the signature; dots until it is signed"), is_required=True),
    Field("trich_yeu", N_("what the report is about"), is_required=True),
    Field("ky_bao_cao", N_("the period, such as month 10/2026")),
    Field("so_lieu_den", N_("day of the data"), is_required=True),
    Field("biet_den", N_("day to which what was stored counts")),
    Field("tinh_trang_ky", N_("that the period is not over, where it is not"), is_required=True),
    Field("ghi_chu_minh_hoa", N_("that demonstration data are inside, where they are"), is_required=True),
    Field("chuc_vu_ky", N_("title of who signs"), is_required=True),
    Field("nguoi_ky", N_("name of who signs"), is_required=True),
    *(
        Field(f"phan_{part}", N_("part of the report with this number"), is_block=True, is_required=True)
        for part in range(1, PARTS + 1)
    ),
    Field("phu_luc", N_("all appendices, with sources and notes"), is_block=True, is_required=True),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}


def text_fields(content: Content, texts: Mapping[str, str], speech: Speech) -> dict[str, str]:
    """The values of all fields that are no blocks."""
    open_end = N_("The period is not over: data to %(day)s; figures of the whole period are expected ones.")
    return {
        "so_hieu": _two_digits(texts.get(NUMBER, "")) or _DOTS,
        "dia_danh_ngay": place_and_day(texts.get(SIGNED_ON, ""), content, speech),
        "trich_yeu": content.subject,
        "ky_bao_cao": content.period,
        "so_lieu_den": speech.day(content.as_of),
        "biet_den": speech.moment(content.known_at),
        "tinh_trang_ky": "" if content.is_over else speech.told(open_end, day=speech.day(content.as_of)),
        "ghi_chu_minh_hoa": speech.say(N_("Demonstration data, not official figures")) if content.has_demo else "",
        "chuc_vu_ky": texts.get(SIGNER_TITLE, "").strip() or speech.say(N_("HEAD OF THE BOARD")),
        "nguoi_ky": texts.get(SIGNER_NAME, "").strip() or _DOTS * 6,
    }


def place_and_day(signed_on: str, content: Content, speech: Speech) -> str:
    """Place and day: a leading 0 for days below 10 and for months 1 and 2 only (Decree 30/2020, Appendix I).

    Example: 09/03/2026 is told as ngày 09 tháng 3 năm 2026. Args: signed_on - an ISO day; empty until it is signed.
    """
    if not signed_on:
        return speech.told(N_("Ninh Bình, day …… month …… year %(year)s"), year=content.as_of.year)
    day = date.fromisoformat(signed_on)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    told = N_("Ninh Bình, day %(day)s month %(month)s year %(year)s")
    return speech.told(told, day=f"{day.day:02d}", month=month, year=day.year)


def _two_digits(number: str) -> str:
    """A number below 10 with a leading 0."""
    told = number.strip()
    return told.zfill(2) if told.isdigit() else told
