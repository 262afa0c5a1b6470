"""Citation units as dapytains retrieves them: FILE … → JSON {file: {tree: {reference: its text}}}."""

import json
import sys

from dapytains.tei.document import Document


def references(units):
    for unit in units:
        yield unit.ref
        yield from references(unit.children)


def trees(path):
    document = Document(path)
    return {
        name: {
            ref: "".join(document.get_passage(ref, tree=name).itertext())
            for ref in references(document.get_reffs(tree=name))
        }
        for name in document.citeStructure
        if name is not None
    }


json.dump({path: trees(path) for path in sys.argv[1:]}, sys.stdout)
