"""The asserts of a Schematron with XPath 2 bindings, evaluated on an XML file: how many, and those that fail, as JSON.

Arguments: the Schematron, the file.
"""

import json
import sys
import xml.etree.ElementTree as etree

from elementpath import XPath2Parser, XPathContext

SCH = "{http://purl.oclc.org/dsdl/schematron}"


def main(schema: str, file: str) -> dict[str, object]:
    rules, root = etree.parse(schema).getroot(), etree.parse(file).getroot()
    parser = XPath2Parser({str(ns.get("prefix")): str(ns.get("uri")) for ns in rules.iter(f"{SCH}ns")})
    asked, failed = 0, []
    for rule in rules.iter(f"{SCH}rule"):
        for node in parser.parse(f"//{rule.get('context')}").select(XPathContext(root)):
            for test in rule.iter(f"{SCH}assert"):
                asked += 1
                if not parser.parse(test.get("test")).evaluate(XPathContext(root, item=node)):
                    failed.append(" ".join("".join(test.itertext()).split()))
    return {"asked": asked, "failed": failed}


print(json.dumps(main(*sys.argv[1:])))
