"""The dossier as a file, and the manifest out of such a file."""

import io
import re
import zipfile
from collections.abc import Callable

from docx.oxml import parse_xml

from geoapp.core.zips import BROKEN_ZIP
from geoapp.errors import N_, InvalidRequest
from geoapp.reports.appendices import appendix_blocks
from geoapp.reports.blocks import Attached, Block
from geoapp.reports.docx_file import write_docx
from geoapp.reports.docx_parts import MANIFEST_XML
from geoapp.reports.dossier import Dossier
from geoapp.reports.fonts import Typeface
from geoapp.reports.manifest import Manifest, parse_manifest
from geoapp.reports.pdf_file import write_pdf
from geoapp.reports.record_form import letterhead, record_blocks
from geoapp.reports.speech import Speech

MIMETYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# What a person may hand in to be verified; dossiers with a hundred photos stay below.
MOST_BYTES = 200_000_000
_MOST_MANIFEST = 20_000_000
_STREAM = re.compile(rb"/Length (\d+)[^>]*/Type /EmbeddedFile[^>]*>>\s*stream\r?\n")


def write_dossier(dossier: Dossier, kind: str, say: Callable[[str], str], face: Typeface) -> bytes:
    """A dossier as a file; the same dossier gives the same bytes. Args: kind - pdf or docx."""
    speech = Speech(dossier.language, say)
    blocks: list[Block] = [*record_blocks(dossier, speech), *appendix_blocks(dossier, speech)]
    footer = say(N_("Demonstration data, not official figures")) if dossier.is_demo else ""
    attached = Attached(
        dossier.manifest.body,
        speech.told(N_("Dossier of case %(case)s, event %(event)s"), case=dossier.number, event=dossier.event_number),
        " ".join(letterhead(dossier, speech).agency),
        dossier.language,
        footer,
    )
    if kind == "pdf":
        return write_pdf(blocks, attached, face)
    return write_docx(blocks, attached, face, dossier.known_at)


def read_manifest(body: bytes) -> Manifest:
    """The manifest inside a PDF or DOCX. Raises: InvalidRequest - there is none, or it cannot be read."""
    found = _from_pdf(body) if body.startswith(b"%PDF-") else _from_docx(body) if body.startswith(b"PK") else None
    if found is None:
        raise InvalidRequest(
            N_(
                "There is no manifest in this file: it is no dossier of ours, or was saved by a program that left"
                " it out. Type in the SHA-256 that is printed in Appendix V."
            ),
            parameter="file",
        )
    return parse_manifest(found)


def _from_pdf(body: bytes) -> bytes | None:
    match = _STREAM.search(body)
    return body[match.end() : match.end() + int(match[1])] if match else None


def _from_docx(body: bytes) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            for entry in package.infolist():
                if re.fullmatch(r"customXml/item\d+\.xml", entry.filename) and entry.file_size <= _MOST_MANIFEST:
                    found = _from_xml(package.read(entry))
                    if found is not None:
                        return found
    except (*BROKEN_ZIP, OSError):
        return None
    return None


def _from_xml(body: bytes) -> bytes | None:
    try:
        # Entities are not resolved, and nothing is fetched.
        root = parse_xml(body)
    except SyntaxError:
        return None
    is_ours = root.tag == f"{{{MANIFEST_XML}}}manifest"
    return (root.text or "").encode("utf-8") if is_ours else None
