"""Identifiers of authority files (GND, VIAF, ORCID …): what one looks like, its check digit, its URI.

Asks no server: whether there is such an identifier, nobody here knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Authority(NamedTuple):
    """An authority file. `name` is the @type of `idno`, `pattern` a whole identifier, `uri` a template for its URI.

    `right` says whether the check digit of an identifier is right.
    """

    name: str
    pattern: str
    uri: str
    example: str
    right: Callable[[str], bool] = lambda identifier: True


def _gnd(identifier: str) -> bool:
    """Whether the check digit of a GND number is right: digits weighted 2, 3, … from the right, modulo 11.

    Older numbers of bodies and places end in a hyphen and the remainder itself; all others in what is wanting to 11.
    """
    body, check = identifier[:-1].rstrip("-"), identifier[-1]
    rest = sum(int(digit) * weight for weight, digit in enumerate(reversed(body), start=2)) % 11
    return "0123456789X"[rest if "-" in identifier else -rest % 11] == check


def _isni(identifier: str) -> bool:
    """Whether the check digit of an ISNI or ORCID iD is right (ISO 7064, MOD 11-2)."""
    rest = 0
    for digit in identifier.replace("-", "")[:-1]:
        rest = (rest + int(digit)) * 2 % 11
    return "0123456789X"[(12 - rest) % 11] == identifier[-1]


AUTHORITIES = {
    "gnd": Authority("GND", r"\d{1,11}(?:-?[\dX])", "https://d-nb.info/gnd/{}", "118642499", _gnd),
    "viaf": Authority("VIAF", r"\d{1,22}", "http://viaf.org/viaf/{}", "101705481"),
    "wikidata": Authority("Wikidata", r"Q[1-9]\d{0,11}", "https://www.wikidata.org/entity/{}", "Q855"),
    "geonames": Authority("GeoNames", r"[1-9]\d{0,9}", "https://sws.geonames.org/{}/", "2988507"),
    "orcid": Authority("ORCID", r"(?:\d{4}-){3}\d{3}[\dX]", "https://orcid.org/{}", "0000-0002-1825-0097", _isni),
    "isni": Authority("ISNI", r"\d{15}[\dX]", "https://isni.org/isni/{}", "000000012281955X", _isni),
}  # fmt: skip


def identify(field: str, written: str) -> tuple[str, str]:
    """The URI of an identifier (which may itself be written as a URI) and ""; or "" and what is wrong with it.

    `field` is the name of the field that holds it: a key of `AUTHORITIES`.
    """
    authority = AUTHORITIES[field]
    identifier = written.strip().rstrip("/").rpartition("/")[2]
    if field == "isni":
        identifier = re.sub(r"[ -]", "", identifier)
    if not re.fullmatch(authority.pattern, identifier, re.ASCII):
        return "", f"“{written}” is not what an identifier of {authority.name} looks like"
    if not authority.right(identifier):
        return "", f"“{written}” is no identifier of {authority.name}: its check digit is wrong"
    return authority.uri.format(identifier), ""
