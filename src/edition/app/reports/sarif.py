"""SARIF 2.1.0 (OASIS), the subset that code scanning reads: rules with their pages, regions, fixes, fingerprints.

Paths are told from the top of the repository (%SRCROOT%); columns are code points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version
from urllib.parse import quote

from edition.app.reports.fingerprints import fingerprints
from edition.app.reports.json import dumped
from edition.app.reports.places import NOWHERE, Region, region
from edition.model import rules
from edition.model.diagnostics import Diagnostic, Edit, Fix, Label, Rule
from edition.model.rules import IO, RULES
from edition.model.source import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
LEVELS = {"error": "error", "warning": "warning", "information": "note"}
Object = dict[str, object]


def rendered(found: Sequence[Diagnostic], checked: Sequence[str]) -> str:
    codes = {one.rule.code for one in found}
    rules = [rule for code, rule in RULES.items() if code in codes]
    index = {rule.code: n for n, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {"name": "edition", "version": version("tei-edition"), "rules": [*map(_rule, rules)]}
        },
        "invocations": [{"executionSuccessful": IO.code not in codes}],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The top folder of the repository."}}},
        "artifacts": [{"location": _artifact(file), "roles": ["analysisTarget"]} for file in checked],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(one, index[one.rule.code], digest)
            for one, digest in zip(found, fingerprints(found), strict=True)
        ],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> Object:
    page = rules.page_of(rule).read_text(encoding="utf-8").rstrip() + "\n"
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rules.meaning(rule)},
        "fullDescription": {"text": rule.why},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, index: int, fingerprint: str) -> Object:
    first, *others = diagnostic.labels or (None,)
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    result: Object = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index,
        "level": LEVELS[diagnostic.rule.severity],
        "message": {"text": text},
        "locations": [_location(first) if first else {"physicalLocation": _physical(NOWHERE)}],
        "partialFingerprints": {"editionFinding/v1": fingerprint},
    }
    if others:
        result["relatedLocations"] = [
            {"id": n, **_location(label)} for n, label in enumerate(others, 1) if label
        ]
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic.fix)]
    return result


def _location(label: Label) -> Object:
    physical = _physical(region(label.span), label.span)
    return {"physicalLocation": physical, **({"message": {"text": label.message}} if label.message else {})}


def _physical(at: Region, span: Span | None = None) -> Object:
    words: Object = {"snippet": {"text": span.text}} if span and span.text else {}
    return {"artifactLocation": _artifact(at.file), "region": {**_region(at), **words}}


def _region(at: Region) -> Object:
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.end_line,
        "endColumn": at.end_column,
    }


def _artifact(file: str) -> Object:
    return {"uri": quote(file, safe="/"), "uriBaseId": ROOT}


def _fix(fix: Fix) -> Object:
    files: defaultdict[str, list[Edit]] = defaultdict(list)
    for edit in fix.edits:
        files[edit.span.source.name].append(edit)
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file),
                "replacements": [
                    {"deletedRegion": _region(region(edit.span)), "insertedContent": {"text": edit.text}}
                    for edit in edits
                ],
            }
            for file, edits in files.items()
        ],
    }
