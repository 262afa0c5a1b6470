"""Schemas of others in the user's own cache, known by name; each with its digest, which is checked at every use."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from pathlib import Path

_TEI = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/{}.rng"
KNOWN = {
    name: _TEI.format(name)
    for name in ("tei_all", "tei_bare", "tei_drama", "tei_lite", "tei_simplePrint", "tei_speech")
}
SUFFIXES = {"http://relaxng.org/ns/structure/1.0": ".rng", "http://purl.oclc.org/dsdl/schematron": ".sch"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*").fullmatch


def cache() -> Path:
    """The user's cache (XDG Base Directory Specification; its like on macOS and Windows)."""
    if named := os.environ.get("XDG_CACHE_HOME"):
        base = Path(named)
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path.home() / ".cache"
    return base / "edition" / "schemas"


def is_name(text: str) -> bool:
    """A name, and no path."""
    return _NAME(text) is not None


def kept(name: str) -> tuple[bytes, str]:
    """The bytes of a schema that was fetched, and what is wrong ("" if nothing)."""
    for suffix in SUFFIXES.values():
        path = cache() / f"{name}{suffix}"
        try:
            data = path.read_bytes()
            stated = path.with_name(f"{path.name}.sha256").read_text("ascii").split()[:1]
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            return b"", f"cannot be read from your cache: {error}"
        if [hashlib.sha256(data).hexdigest()] != stated:
            return b"", "is not as it was fetched: its SHA-256 is another"
        return data, ""
    return b"", "has not been fetched yet"
