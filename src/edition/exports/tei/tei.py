"""The editions as they are in out/, their schemas, and a page for each that CETEIcean shows it in."""

from __future__ import annotations

from html import escape
from pathlib import Path

from lxml import etree

from edition.checks.relaxng import parse
from edition.checks.shipped_schemas import FILES, schema_file
from edition.exports.writer import NOT_IN_TEI, Export, Lost, Subject, Writer
from edition.model.edition import Edition
from edition.model.xml import TEI, XML

SCHEMAS = ("rng", "rnc", "sch", "odd", "xsl")
SUBJECTS: tuple[Subject, ...] = ("annotations", "blocks", "entries", "texts")
SHOWN = ("ceteicean.css", "ceteicean.js")
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="ceteicean.css">
<script src="CETEI.js"></script>
<script src="ceteicean.js"></script>
</head>
<body>
<header>
<h1>{title}</h1>
<p><a href="editions/{file}">TEI</a> · Names and dates are explained under the pointer, numbers open notes.</p>
<fieldset>
<label><input type="radio" name="view" id="corrected" checked> corrected</label>
<label><input type="radio" name="view" id="source"> as the source</label>
<label><input type="radio" name="view" id="both"> both</label>
<label><input type="checkbox" id="notes"> all notes</label>
</fieldset>
</header>
<div id="text" lang="{language}">
<p lang="en">This page needs <code>CETEI.js</code> of CETEIcean beside it (package <code>CETEIcean</code> of npm, file
<code>dist/CETEI.js</code>), and a web server: <code>python3 -m http.server</code> in this folder is one.</p>
</div>
<script>show("editions/{file}", document.getElementById("text"));</script>
</body>
</html>
"""


def write(edition: Edition) -> Export:
    files = {f"schema/{FILES[name]}": schema_file(FILES[name]) for name in SCHEMAS}
    files |= {name: Path(__file__).with_name(name).read_bytes() for name in SHOWN}
    ids: set[str] = set()
    for built in edition.documents:
        assert built.data is not None
        root = parse(built.data)
        ids |= {e.get(f"{{{XML}}}id", "") for e in root.iter(etree.Element)}
        files[f"editions/{built.name}.xml"] = built.data
        files[f"{built.name}.html"] = _page(built.name, root)
    lost = [key for key in edition.project.registers.entries if key not in ids]
    return Export(files, tuple(Lost(key, "no text points at it") for key in lost))


def _page(name: str, root: etree._Element) -> bytes:
    title = root.find(f".//{{{TEI}}}titleStmt/{{{TEI}}}title")
    said = " ".join("".join(title.itertext()).split()) if title is not None else name
    language = root.get(f"{{{XML}}}lang", "und")
    return PAGE.format(title=escape(said), file=escape(f"{name}.xml"), language=escape(language)).encode()


WRITER = Writer(
    name="tei",
    tool="CETEIcean, Recogito, EVT, LEAF-Writer, oXygen, VS Code, and all that read TEI",
    carries="everything",
    cannot="entries of registers that no text points at",
    opened="CETEIcean and @recogito/text-annotator-tei in Chromium; salve (the validator of LEAF-Writer); "
    "dapytains; standoffconverter; the selectors of EVT 3",
    about="The editions exactly as in out/, in editions/, with the schemas they name. For each text there is a page that "
    "CETEIcean shows it in: put CETEI.js (npm package CETEIcean) into the folder and serve it. The style sheet hides "
    "registers, does not bracket glosses twice, opens notes at their numbers, and shows the text corrected, as the "
    "source has it, or both.",
    subjects=SUBJECTS,
    write=write,
    omits=NOT_IN_TEI,
)
