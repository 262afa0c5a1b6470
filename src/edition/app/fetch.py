"""Fetches a schema into the user's cache, over http or https. Only `edition schema fetch` does so."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from edition.checks.named_schemas import KNOWN, SUFFIXES, cache, is_name
from edition.read.lock import write_all

LARGEST = 32 * 1024 * 1024
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Fetched:
    """A schema as it stands in the cache, and the SHA-256 of its bytes."""

    path: Path
    sha256: str
    size: int


class _Refused(Exception):
    """Why nothing was fetched."""


def fetch(name: str, url: str = "") -> Fetched | str:
    """Fetch a schema into the cache, from `url` or where KNOWN says; or say why it cannot be."""
    address = url or KNOWN.get(name, "")
    if not is_name(name):
        return f"“{name}” cannot name a schema: letters, digits, “-” and “_”"
    if not address:
        return (
            f"where “{name}” is to be had is not known: say it with --from URL. Known are {', '.join(KNOWN)}"
        )
    try:
        data = _downloaded(address)
        file = name + _suffix(data, address)
        digest = hashlib.sha256(data).hexdigest()
        write_all(cache(), {file: data, f"{file}.sha256": f"{digest}  {file}\n".encode()})
    except _Refused as problem:
        return str(problem)
    except OSError as error:
        return f"{error.filename or cache()} cannot be written: {error.strerror}"
    return Fetched(cache() / file, digest, len(data))


def _downloaded(url: str) -> bytes:
    """The bytes at an address. http and https only, also after redirections; never from https to http."""
    try:
        if urlsplit(url).scheme not in ("http", "https"):
            raise _Refused(f"{url} is no address of the web (https://…)")
        asked = request.Request(url, headers={"User-Agent": "edition"})
        with _opener().open(asked, timeout=SECONDS) as answer:
            return _limited(answer, url)
    except HTTPError as error:
        raise _Refused(f"{url} cannot be fetched: the server says {error.code} {error.reason}") from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise _Refused(f"{url} cannot be fetched: {getattr(error, 'reason', '') or error}") from None


def _limited(answer: IO[bytes], url: str) -> bytes:
    data, until = b"", time.monotonic() + SECONDS
    while part := answer.read(1 << 16):
        data += part
        if len(data) > LARGEST:
            raise _Refused(f"{url} is larger than {LARGEST >> 20} MB")
        if time.monotonic() > until:
            raise _Refused(f"{url} cannot be fetched: it takes more than {SECONDS} seconds")
    return data


class _Redirections(request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        before, after = urlsplit(req.full_url).scheme, urlsplit(newurl).scheme
        if after not in ("http", "https") or (before == "https" and after == "http"):
            raise _Refused(f"{req.full_url} leads to {newurl}, and that is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> request.OpenerDirector:
    """An opener for the web and nothing else: no file:, ftp: or data:."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPErrorProcessor(),
        request.HTTPDefaultErrorHandler(),
        _Redirections(),
        request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _suffix(data: bytes, url: str) -> str:
    """The suffix for a schema, which its root element decides."""
    from lxml import etree

    from edition.checks.relaxng import parse

    try:
        namespace = etree.QName(parse(data)).namespace or ""
    except etree.XMLSyntaxError:
        namespace = ""
    if namespace not in SUFFIXES:
        raise _Refused(f"what stands at {url} is no RELAX NG (XML syntax) and no Schematron")
    return SUFFIXES[namespace]
