"""The PDF of a report: its DOCX turned by LibreOffice, which runs apart with a profile of its own, ended in order."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from geoapp.errors import N_, ProviderAway

PROGRAM = "soffice"
TIMEOUT_S = 120
_GRACE_S = 5
# What a document names outside of itself is fetched neither from the network nor from the disk; nothing in it is run.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
# A day in the file, and an identity made of the time: both would differ each time.
_DATES = re.compile(rb"/(CreationDate|ModDate)\(D:\d{14}([^)]*)\)")
_IDS = re.compile(rb"/ID ?\[ ?<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})> ?\]")
_SUM = re.compile(rb"/DocChecksum /([0-9A-Fa-f]{32})")
_EPOCH = b"20260101000000"


class OfficeFailed(ProviderAway):
    """LibreOffice is not here, or made no PDF; the DOCX is there all the same."""


def find_office(program: str = PROGRAM) -> Path:
    """The program that turns DOCX into PDF. Raises: OfficeFailed - it is not here, with what to do."""
    found = shutil.which(program)
    if found is None:
        raise OfficeFailed(
            N_(
                "The program %(program)s was not found. Install LibreOffice (on Debian and Ubuntu:"
                " libreoffice-writer-nogui), or name it in GEOAPP_OFFICE_PROGRAM; reports come as DOCX meanwhile."
            ),
            program=program,
        )
    return Path(found)


def to_pdf(docx: bytes, program: str = PROGRAM, *, timeout_s: float = TIMEOUT_S) -> bytes:
    """A DOCX as PDF with its typefaces inside; the same DOCX gives the same bytes on the same machine.

    Args: program - name or path of LibreOffice. Raises: OfficeFailed - it is not here, made no PDF, or not in time.
    """
    office = find_office(program)
    with tempfile.TemporaryDirectory(prefix="geoapp-office-") as name:
        folder = Path(name)
        source, target = folder / "report.docx", folder / "report.pdf"
        source.write_bytes(docx)
        said = _run(office, "pdf:writer_pdf_Export", source, folder, timeout_s)
        if not target.is_file():
            raise OfficeFailed(N_("LibreOffice made no PDF: %(said)s"), said=said[-400:] or "–")
        return _timeless(target.read_bytes())


def _run(office: Path, form: str, source: Path, folder: Path, timeout_s: float) -> str:
    """Run LibreOffice in a group of its own, so that all of it ends with us; what it said."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [str(office), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
               "--convert-to", form, "--outdir", str(folder), str(source)]  # fmt: skip
    environment = {**os.environ, "HOME": str(folder), "SOURCE_DATE_EPOCH": "1767225600"}
    # The name of the program is a setting of the operator; nothing else of the command comes from outside.
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, start_new_session=True
    ) as process:
        try:
            said, _ = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            _end(process)
            raise OfficeFailed(
                N_(
                    "LibreOffice did not finish within %(seconds)s seconds and was stopped. Try again; the DOCX is"
                    " there meanwhile."
                ),
                seconds=round(timeout_s),
            ) from None
        except BaseException:
            _end(process)
            raise
    return said.decode("utf-8", "replace").strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: first asked to, then not asked."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_GRACE_S)
            return


def _timeless(pdf: bytes) -> bytes:
    """The same file without the moment at which it was made; lengths stay, so that all offsets hold."""
    still = _DATES.sub(lambda match: b"/%b(D:%b%b)" % (match[1], _EPOCH, match[2]), pdf)
    still = _IDS.sub(lambda match: match[0].replace(match[1], b"0" * 32).replace(match[2], b"0" * 32), still)
    return _SUM.sub(b"/DocChecksum /" + b"0" * 32, still)
