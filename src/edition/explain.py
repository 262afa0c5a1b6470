"""The pages of rules, as the package ships them."""

from __future__ import annotations

from importlib.resources import files

from edition.catalogue import RULES, page_name


def explained(what: str) -> str | None:
    """The page of a rule, by code or name; None if there is no such rule."""
    wanted = what.strip()
    for rule in RULES.values():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            return (files("edition") / "rules" / page_name(rule)).read_text(encoding="utf-8")
    return None
