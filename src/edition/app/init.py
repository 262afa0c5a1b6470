"""A new project: a small text, annotated, that builds at once."""

from __future__ import annotations

import errno
from pathlib import Path

from edition.app.editor_schema import KEYS, editor_files
from edition.checks.shipped_schemas import FILES, schema_file
from edition.read.lock import write_all
from edition.read.project import load

SEED = """\
Weimar, 3 May 1801

Dear Friend,

I have seen Mr. Goethe at last. (He was then fifty-one. - A. B.) He spoke of Jena and of nothng else.

Your Caroline
"""

ANNOTATIONS = """\
# yaml-language-server: $schema=../schema/project.schema.json
edition: 1

header:
  title: A letter from Weimar
  author: caroline
  language: en
  date: 1801-05-03

structure:
  - div: letter
    from: Weimar, 3 May
    to: Your Caroline
    contains:
      - opener: {from: "Weimar, 3 May", to: "Dear Friend,", dateline: "Weimar, 3 May 1801", salute: "Dear Friend,"}
      - closer: {quote: Your Caroline, signed: Caroline}

annotations:
  - gloss: signed
    match: '\\([^()]+ - (?P<voice>A\\. B\\.)\\)'
    count: 1
  - place: weimar
    quote: Weimar
  - date: 1801-05-03
    quote: 3 May 1801
  - person: goethe
    quote: Goethe
  - place: jena
    quote: Jena
  - correction: nothing
    quote: nothng
  - person: caroline
    quote: Caroline
    comment: The surname is not known.
  - note: Nothing is known of this visit from [his](person:goethe) side.
    quote: I have seen Mr. Goethe at last.
"""

SETTINGS = """\
# yaml-language-server: $schema=../schema/settings.schema.json
edition: 1
publisher: The editors of this edition
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
editors:
  ed: {name: The editors}
defaults: {by: ed, language: en}
types:
  gloss: {signed: A gloss that ends with initials}
"""

REGISTERS = """\
# yaml-language-server: $schema=../../schema/registers.schema.json
edition: 1
people:
  caroline:
    name: Caroline
    about: The writer of the letter, not identified.
  goethe:
    name: Johann Wolfgang von Goethe
    born: 1749-08-28
    died: 1832-03-22
places:
  jena: {name: Jena}
  weimar: {name: Weimar}
voices:
  AB:
    name: A. B.
    signs: ["A. B."]
    identified: no
"""


def start(folder: Path) -> list[str]:
    """Write the project; the names of its files. Raises FileExistsError before anything is written."""
    files = {
        "seeds/letter.txt": SEED.encode(),
        "annotations/letter.yaml": ANNOTATIONS.encode(),
        "annotations/edition.yaml": SETTINGS.encode(),
        "annotations/registers/registers.yaml": REGISTERS.encode(),
        ".gitignore": f".edition/\nout/exports/\nschema/{KEYS}\n".encode(),
        **{f"schema/{name}": schema_file(name) for name in FILES.values()},
    }
    for name in files:
        if (folder / name).exists():
            raise FileExistsError(errno.EEXIST, "exists", str(folder / name))
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    write_all(folder, files)
    schemas = editor_files(load(folder)[0])
    write_all(folder / "schema", schemas)
    return [*files, *(f"schema/{name}" for name in schemas)]
