"""The appendices of a dossier: map, dates and working of the clock, events, photos, manifest."""

import io

import segno

from geoapp.errors import N_
from geoapp.reports.blocks import (
    APPENDIX,
    CAPTION,
    CENTRED,
    HEADING,
    NOTE,
    Block,
    NewPage,
    Para,
    Picture,
    Run,
    Table,
    clean,
    plain,
    row,
)
from geoapp.reports.dossier import Dossier, PhotoLine, StepMark
from geoapp.reports.speech import Speech

MAP_MM = (165.0, 205.0)
_PHOTO_MM = (130.0, 88.0)
_QR_MM = 42.0
_SHORT_HASH = 16
_MARKS = {
    StepMark.LAW: "",
    StepMark.READING: N_("reading"),
    StepMark.OWN: N_("choice of the product"),
    StepMark.UNVERIFIED: N_("unverified"),
}


def appendix_blocks(dossier: Dossier, speech: Speech) -> list[Block]:
    """The five appendices in their order, each on a page of its own."""
    return [
        *_map(dossier, speech),
        *_clock(dossier, speech),
        *_events(dossier, speech),
        *_photos(dossier, speech),
        *_manifest(dossier, speech),
    ]


def _title(dossier: Dossier, speech: Speech, number: str, name: str) -> list[Block]:
    belongs = speech.told(
        N_("(Attached to the record of check, case No. %(case)s, event %(event)s)"),
        case=dossier.number,
        event=dossier.event_number,
    )
    return [
        NewPage(),
        Para(plain(speech.told(N_("Appendix %(number)s"), number=number), bold=True), APPENDIX),
        Para(plain(speech.say(name), bold=True), APPENDIX),
        Para(plain(belongs, italic=True), CENTRED),
    ]


def _map(dossier: Dossier, speech: Speech) -> list[Block]:
    codes = ", ".join(plot.code for plot in dossier.ground.plots)
    alternative = speech.told(N_("Map of the plots %(plots)s and what lies around them"), plots=codes)
    none = Para(plain(speech.say(N_("Neither the land nor its park has an outline on record."))), NOTE)
    picture = [Picture(dossier.map_png, *MAP_MM, alternative=clean(alternative)) if dossier.map_png else none]
    plots = tuple(
        row(str(place), clean(plot.code), speech.number(plot.area_ha, 4), clean(plot.state))
        for place, plot in enumerate(dossier.ground.plots, 1)
    )
    heads = (N_("Line No."), N_("Plot"), N_("Area (ha)"), N_("State"))
    return [
        *_title(dossier, speech, "I", N_("MAP OF THE LAND")),
        *picture,
        *_table(speech, (15.0, 50.0, 40.0, 60.0), heads, plots),
    ]


def _clock(dossier: Dossier, speech: Speech) -> list[Block]:
    say = speech.say
    dates = tuple(
        row(
            speech.day(one.on) + (f" – {speech.day(one.until)}" if one.until else ""),
            plain(one.what, italic=one.computed),
            clean(one.document) or "–",
        )
        for one in dossier.dates
    )
    steps = tuple(
        row(str(place), (*plain(step.text), *_mark(step.mark, speech)), speech.day(step.on), clean(step.article) or "–")
        for place, step in enumerate(dossier.steps, 1)
    )
    documents = tuple(
        row(clean(one.about), clean(one.number) or "–", speech.day(one.on), clean(one.issued_by) or "–")
        for one in dossier.documents
    )
    return [
        *_title(dossier, speech, "II", N_("DATES, AND HOW THE TIME WAS COUNTED")),
        Para(plain(say(N_("1. Dates that matter")), bold=True), HEADING),
        *_table(speech, (42.0, 58.0, 65.0), (N_("Calendar day"), N_("What it is"), N_("Document")), dates),
        Para(plain(say(N_("2. Working of the clock")), bold=True), HEADING),
        *_table(
            speech,
            (12.0, 81.0, 25.0, 47.0),
            (N_("Line No."), N_("Step of the working"), N_("Calendar day"), N_("Basis")),
            steps,
        ),
        Para(plain(_marks_told(dossier, speech), italic=True), NOTE),
        Para(plain(say(N_("3. Documents of the land file")), bold=True), HEADING),
        *_table(
            speech,
            (55.0, 42.0, 25.0, 43.0),
            (N_("What it is about"), N_("Number of the document"), N_("Calendar day"), N_("Issued by")),
            documents,
        ),
    ]


def _mark(mark: StepMark, speech: Speech) -> tuple[Run, ...]:
    return (Run(f" [{speech.say(_MARKS[mark])}]", italic=True),) if _MARKS[mark] else ()


def _marks_told(dossier: Dossier, speech: Speech) -> str:
    if not any(_MARKS[step.mark] for step in dossier.steps):
        return speech.say(N_("Days that are computed are set in italics."))
    return speech.say(
        N_(
            "Days that are computed are set in italics. [reading]: a reading of a text that leaves room. [choice of the"
            " product]: a setting, no law. [unverified]: the text was not seen."
        )
    )


def _events(dossier: Dossier, speech: Speech) -> list[Block]:
    events = tuple(
        row(
            str(event.number),
            speech.moment(event.at),
            clean(event.who),
            (*plain(event.what), *_reason(event.reason)),
            event.sha256[:_SHORT_HASH],
        )
        for event in dossier.events
    )
    heads = (N_("Line No."), N_("Moment"), N_("By whom"), N_("What; reason"), N_("Hash (beginning)"))
    return [
        *_title(dossier, speech, "III", N_("COURSE OF THE CASE")),
        *_table(speech, (12.0, 25.0, 33.0, 60.0, 35.0), heads, events),
        Para(
            plain(
                speech.say(
                    N_(
                        "Each event is sealed with the hash of the one before it; none can be changed or taken out"
                        " unseen."
                    )
                ),
                italic=True,
            ),
            NOTE,
        ),
    ]


def _reason(reason: str) -> tuple[Run, ...]:
    return (Run(f": {clean(reason)}", italic=True),) if reason else ()


def _photos(dossier: Dossier, speech: Speech) -> list[Block]:
    blocks = _title(dossier, speech, "IV", N_("PHOTOS OF THE LAND"))
    if not dossier.photos:
        return [*blocks, Para(plain(speech.say(N_("There are no photos in this case."))), NOTE)]
    for place, photo in enumerate(dossier.photos, 1):
        blocks += _photo(place, photo, speech)
    return blocks


def _photo(place: int, photo: PhotoLine, speech: Speech) -> list[Block]:
    caption = (
        Run(speech.told(N_("Photo %(number)s."), number=place), bold=True),
        Run(f" {_photo_told(photo, speech)}"),
    )
    picture = photo.picture
    if picture is None:
        lost = speech.say(N_("The file of this photo is not there, or cannot be read."))
        return [Para((*caption, Run(f" {lost}", bold=True)), CAPTION)]
    scale = min(_PHOTO_MM[0] / picture.width, _PHOTO_MM[1] / picture.height)
    size = (round(picture.width * scale, 2), round(picture.height * scale, 2))
    return [Picture(picture.jpeg, *size, caption, alternative=speech.told(N_("Photo %(number)s."), number=place))]


def _photo_told(photo: PhotoLine, speech: Speech) -> str:
    say, told = speech.say, speech.told
    parts = [
        told(N_("Taken %(moment)s"), moment=speech.moment(photo.taken_at))
        if photo.taken_at
        else say(N_("Time not known")),
        told(N_("at %(lat).6f, %(lon).6f (WGS 84)"), lat=photo.lat, lon=photo.lon)
        if photo.lat is not None and photo.lon is not None
        else say(N_("place not known")),
    ]
    if photo.distance_m is not None:
        inside = photo.distance_m == 0
        away = told(N_("%(metres)s m from the land"), metres=speech.number(photo.distance_m, 0))
        parts.append(say(N_("inside the land")) if inside else away)
    if photo.heading_deg is not None:
        parts.append(told(N_("facing %(degrees)s°"), degrees=speech.number(photo.heading_deg, 0)))
    if photo.sent_by:
        parts.append(told(N_("sent by %(person)s"), person=clean(photo.sent_by)))
    weak = told(N_("Weaker evidence: %(reasons)s."), reasons="; ".join(photo.weak)) if photo.weak else ""
    return " ".join(filter(None, (f"{', '.join(parts)}.", weak, f"SHA-256 {photo.sha256}")))


def _manifest(dossier: Dossier, speech: Speech) -> list[Block]:
    said = dossier.manifest.content
    names = {
        "case": N_("The case and its sign"),
        "dates": N_("Dates and documents"),
        "events": N_("Events of the case"),
        "photos": N_("Photos"),
        "plots": N_("Outlines of the plots"),
        "working": N_("Working of the clock"),
    }
    parts = tuple(
        row(speech.say(names[part]) if part in names else part, _short(clean(item)), _in_two(value))
        for part, items in sorted(said["parts"].items())
        for item, value in items.items()
    )
    head = [
        (N_("Case, event"), f"{dossier.number}, {dossier.event_number}"),
        (N_("Data to; as known on"), f"{speech.day(dossier.as_of)}; {speech.moment(dossier.known_at)}"),
        (N_("End of the chain of events"), _in_two(str(said["chain"]))),
        (N_("Program"), str(said["program"])),
        (N_("SHA-256 of the manifest"), _in_two(dossier.manifest.sha256)),
    ]
    return [
        *_title(dossier, speech, "V", N_("MANIFEST FOR VERIFICATION")),
        Table((52.0, 113.0), (), tuple(row(plain(speech.say(name), bold=True), value) for name, value in head)),
        Picture(
            _qr(dossier.address), _QR_MM, _QR_MM,
            plain(speech.told(N_("Opens %(address)s"), address=_breakable(dossier.address))),
            alternative=dossier.address,
        ),
        Para(
            plain(
                speech.say(
                    N_(
                        "The code opens a page that makes this manifest again from the stored data and says whether"
                        " each part still agrees. The manifest itself is inside this file; without a network:"
                        " geoapp dossier verify FILE."
                    )
                )
            ),
            NOTE,
        ),
        *_table(speech, (47.0, 33.0, 85.0), (N_("Part"), N_("Item of the part"), "SHA-256"), parts),
    ]  # fmt: skip


def _qr(address: str) -> bytes:
    """A QR code as PNG. Error correction M: it survives the copier."""
    target = io.BytesIO()
    segno.make_qr(address, error="m").save(target, kind="png", scale=10, border=4)
    return target.getvalue()


def _short(item: str) -> str:
    """An item's name; of a photo, which is named by its hash, the beginning."""
    return f"{item[:_SHORT_HASH]}…" if len(item) == 64 else item


def _in_two(sha256: str) -> str:
    """A hash that can be broken in the middle."""
    half = len(sha256) // 2
    return f"{sha256[:half]} {sha256[half:]}"


def _breakable(address: str) -> str:
    """An address that can be broken before its hash."""
    return address if len(address) < 80 else "/ ".join(address.rsplit("/", 1))


def _table(
    speech: Speech,
    widths_mm: tuple[float, ...],
    heads: tuple[str, ...],
    rows: tuple[tuple[tuple[Run, ...], ...], ...],
) -> list[Block]:
    """A table, or a line that says that there is nothing."""
    if not rows:
        return [Para(plain(speech.say(N_("None on record."))), NOTE)]
    return [Table(widths_mm, tuple(speech.say(head) for head in heads), rows)]
