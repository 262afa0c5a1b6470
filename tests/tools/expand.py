"""JSON-LD expanded and compacted again by pyld, offline: what its context does not know is gone from it.

expand.py IRI CONTEXT.json FILE.json …    prints a list: for each file what came back
"""

import json
import sys
from pathlib import Path

from pyld import jsonld

iri, context, *files = sys.argv[1:]
known = {iri: json.loads(Path(context).read_text("utf-8"))}


def load(url, _options):
    return {"contextUrl": None, "documentUrl": url, "document": known[url]}


def back(page):
    options = {"documentLoader": load}
    return jsonld.compact(jsonld.expand(page, options), page["@context"], options)


print(json.dumps([back(json.loads(Path(file).read_text("utf-8"))) for file in files]))
