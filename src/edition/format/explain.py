"""The pages of rules, of kinds and of blocks, as the package ships them; and the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from edition.model import rules, vocabulary
from edition.model.rules import RULES
from edition.model.vocabulary import BLOCKS, KINDS


class Page(NamedTuple):
    section: str
    code: str  # of a rule
    name: str
    about: str
    path: Path

    def read(self) -> str:
        return self.path.read_text(encoding="utf-8").rstrip() + "\n"


PAGES_OF_KINDS = Path(vocabulary.__file__).with_name("kinds")
SECTIONS = ("rules", "kinds", "structure")
PAGES = (
    *(Page("rules", r.code, r.name, r.why, rules.page(r)) for r in RULES.values()),
    *(Page("kinds", "", k.name, k.about, PAGES_OF_KINDS / f"{k.name}.md") for k in KINDS.values()),
    *(
        Page("structure", "", b.name, b.about, PAGES_OF_KINDS / f"structure-{b.name}.md")
        for b in BLOCKS.values()
    ),
)


def explained(what: str) -> str | None:
    """The page of a name or code, also after its section (`structure head`); a section's list; None if there is
    nothing of that name. Where a kind, a block and a rule have one name, all are told, in that order."""
    first, _, rest = what.strip().lower().partition(" ")
    if first in ("", *SECTIONS) and not rest:
        return listed([page for page in PAGES if first in ("", page.section)])
    section, name = (first, rest.strip()) if rest else ("", first)
    named = [page for page in PAGES if name in (page.code.lower(), page.name.lower())]
    found = sorted((page for page in named if section in ("", page.section)), key=_last_the_rules)
    return "\n".join(page.read() for page in found) or None


def _last_the_rules(page: Page) -> bool:
    return page.section == "rules"


def listed(pages: Sequence[Page]) -> str:
    """A line for each page, which begins with what leads to it."""
    parts = []
    for section in SECTIONS:
        mine = [(called(page), page.about) for page in pages if page.section == section]
        width = max((len(name) for name, _ in mine), default=0)
        if mine:
            parts.append("\n".join([section, *(f"  {name:{width}}  {about}" for name, about in mine)]))
    return "\n\n".join(parts) + "\n"


def called(page: Page) -> str:
    """A rule has a code."""
    return f"{page.code} {page.name}" if page.code else page.name


def unknown(what: str, fields: Sequence[str] = ()) -> str:
    """What to say of a name that nothing has, none of the fields either."""
    from rapidfuzz import fuzz, process

    names = sorted({*fields, *(name for page in PAGES for name in (page.code, page.name) if name)})
    last = what.split()[-1] if what.split() else ""
    near = process.extractOne(last, names, scorer=fuzz.ratio, score_cutoff=60)
    help = f"did you mean “{near[0]}”?" if near else "`edition explain` lists what there is"
    return f"there is no rule, kind, block or field “{what}”: {help}"
