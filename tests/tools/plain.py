"""The plain text of TEI files as standoffconverter reads it: FILE … → JSON {file: text}."""

import json
import sys

from lxml import etree
from standoffconverter import Standoff

NAMESPACES = {"tei": "http://www.tei-c.org/ns/1.0"}
json.dump(
    {path: Standoff(etree.parse(path).getroot(), NAMESPACES).plain for path in sys.argv[1:]}, sys.stdout
)
