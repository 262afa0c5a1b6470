"""Zip files that are the same bytes each time: one date, one order, one system."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip file can say
UNIX, READABLE = 3, 0o644 << 16


def zipped(files: Mapping[str, bytes], mimetype: str = "") -> bytes:
    """The files in their order; before them `mimetype`, which is not compressed (OCF 3, 4.3), if one is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr(_entry("mimetype", zipfile.ZIP_STORED), mimetype)
        for name, data in files.items():
            archive.writestr(_entry(name, zipfile.ZIP_DEFLATED), data)
    return out.getvalue()


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type, entry.external_attr, entry.create_system = compression, READABLE, UNIX
    return entry
