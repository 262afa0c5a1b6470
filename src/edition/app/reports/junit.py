"""JUnit XML, as GitLab and Jenkins read it: a test case for each file that was checked.

Its errors are one failure (of several, GitLab makes a list without line ends and Jenkins reads the first); warnings
and information fail nothing, and stand in system-out. Valid by the schema of Jenkins' xUnit plugin, which knows no
attribute `file` of a test case: the name is the file. GitLab shows the class name as the suite.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as etree

from edition.app.reports.places import by_file
from edition.app.reports.text import one, summary
from edition.model.diagnostics import Diagnostic, visible

SUITE = "edition check"


def rendered(found: Sequence[Diagnostic], checked: Sequence[str]) -> str:
    files = by_file(found, checked)
    failed = sum(any(one.is_error for one in told) for told in files.values())
    counts = {"tests": str(len(files)), "failures": str(failed), "errors": "0"}
    suites = etree.Element("testsuites", {"name": SUITE, **counts})
    suite = etree.SubElement(suites, "testsuite", {"name": SUITE, **counts, "skipped": "0"})
    for file, told in files.items():
        _case(suite, file, told)
    etree.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(suites, encoding="unicode")}\n'


def _case(suite: etree.Element, file: str, told: Sequence[Diagnostic]) -> None:
    case = etree.SubElement(suite, "testcase", {"classname": SUITE, "name": visible(file)})
    errors = [diagnostic for diagnostic in told if diagnostic.is_error]
    others = [diagnostic for diagnostic in told if not diagnostic.is_error]
    if errors:
        first = visible(errors[0].message)
        message = first if len(errors) == 1 else f"{summary(errors)}; the first: {first}"
        failure = etree.SubElement(case, "failure", {"type": errors[0].rule.code, "message": message})
        failure.text = _full(errors)
    if others:
        etree.SubElement(case, "system-out").text = _full(others)


def _full(told: Sequence[Diagnostic]) -> str:
    return "\n" + "\n".join(map(one, told))
