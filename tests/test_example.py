"""The worked example of the format's own page is built from the letter's seed and registers."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import edition
from test_letter import ROOT, SHARED, needs

PAGE = SHARED / "design" / "format.md"


def test_the_worked_example_builds(tmp_path: Path) -> None:
    needs(PAGE.exists(), f"{PAGE.name} of {os.environ.get('EDITION_SHARED', 'the shared folder')}")
    example = re.search(r"^## Worked example.*?^```yaml\n(.*?)^```", PAGE.read_text("utf-8"), re.S | re.M)
    assert example is not None
    shutil.copytree(ROOT / "annotations" / "registers", tmp_path / "annotations" / "registers")
    (tmp_path / "seeds").mkdir()
    shutil.copy(ROOT / "seeds" / "reiss-1937.txt", tmp_path / "seeds" / "letter.txt")
    settings = (ROOT / "annotations" / "edition.yaml").read_text("utf-8")
    settings = re.sub(r"(?m)^editors:\n", "editors:\n  editors: {name: The editors}\n", settings)
    (tmp_path / "annotations" / "edition.yaml").write_text(settings, "utf-8")
    (tmp_path / "annotations" / "letter.yaml").write_text(example[1], "utf-8")
    outcome = edition.build(tmp_path)
    assert outcome.ok, [(d.rule.code, d.message, str(d.labels[0].span)) for d in outcome.diagnostics]
    text = (tmp_path / "out" / "letter.xml").read_text("utf-8")
    assert '<persName ref="#stalin">Stalin</persName>' in text
    assert '<supplied change="#ed.words" resp="#ed">against </supplied>Stalinism!' in text
    assert text.count('type="voice"') == 5
