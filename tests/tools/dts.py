"""A folder of our DTS export as dapytains reads it: each text of the catalogue, its trees, its passages, as JSON."""

import json
import sys
from pathlib import Path

from dapytains.metadata.xml_parser import parse
from dapytains.tei.document import Document


def passages(document, tree):
    return [
        [unit.ref, "".join(document.get_passage(unit.ref, tree=tree).itertext())]
        for unit in document.get_reffs(tree)
    ]


catalogue, root = parse(str(Path(sys.argv[1]) / "dts-metadata.xml"))
found = {}
for name, thing in catalogue.objects.items():
    if thing.resource:
        document = Document(thing.filepath)
        trees = {tree: passages(document, tree) for tree in document.citeStructure}
        found[name] = {"title": thing.title, "default": document.default_tree, "trees": trees}
print(json.dumps(found))
