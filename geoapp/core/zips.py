"""What is common to everything that reads a zip which somebody else may have damaged."""

import zipfile
import zlib

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    EOFError,
)
"""What Python's zipfile raises on bytes that are no zip, or no longer the ones that were written."""
