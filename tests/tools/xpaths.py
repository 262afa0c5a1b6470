"""XPath 3.1 by Saxon: asks [{"file": …, "each": XPath of the contexts, "ask": {name: XPath}}, …] on standard input.

Prints for each of them a list: for every context {name: [string values]}.
"""

import json
import sys

from saxonche import PySaxonProcessor


def values(evaluator, context, path):
    evaluator.set_context(xdm_item=context)
    found = evaluator.evaluate(path)
    return [] if found is None else [found.item_at(k) for k in range(found.size)]


def answers(processor, asked):
    evaluator = processor.new_xpath_processor()
    evaluator.declare_namespace("tei", "http://www.tei-c.org/ns/1.0")
    evaluator.declare_namespace("a", "http://www.bbaw.de/telota/software/ediarum/web/appconf")
    document = processor.parse_xml(xml_file_name=asked["file"])
    return [
        {
            key: [item.string_value for item in values(evaluator, context, path)]
            for key, path in asked["ask"].items()
        }
        for context in values(evaluator, document, asked["each"])
    ]


with PySaxonProcessor(license=False) as processor:
    json.dump([answers(processor, asked) for asked in json.load(sys.stdin)], sys.stdout)
