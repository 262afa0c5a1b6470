"""`check --watch`: what is looked at again after a save, and a session as at a desk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from edition.app.init import start
from edition.app.watch import State, begun, changed, own, renewed, stamps
from pages import SOURCES

REGISTER = "annotations/registers/registers.yaml"


def test_what_changed_is_what_is_new_gone_or_other() -> None:
    before = {"a": (1, 1), "b": (1, 1), "c": (1, 1), "d": (1, 1)}
    after = {"b": (1, 1), "c": (2, 1), "d": (1, 2), "e": (1, 1)}
    assert changed(before, after) == ("a", "c", "d", "e")
    assert changed(before, before) == ()


@pytest.mark.parametrize(
    ("file", "text"),
    {
        "seeds/letter.txt": "letter",
        "annotations/letter.yaml": "letter",
        "annotations/a.b.yaml": "a.b",
        "annotations/edition.yaml": "",
        REGISTER: "",
        "annotations/notes.txt": "",
        "seeds/sub/letter.txt": "",
        "out/letter.xml": "",
        "shared/people.yaml": "",
    }.items(),
)
def test_whose_own_a_file_is(file: str, text: str) -> None:
    assert own(file) == text


@pytest.fixture
def project(tmp_path: Path) -> Path:
    start(tmp_path)
    (tmp_path / "seeds/second.txt").write_text("Weimar is a town.\n", encoding="utf-8")
    return tmp_path


def built(state: State, name: str) -> int:
    return id(state.texts[name][0])


def test_only_the_texts_whose_files_changed_are_built_again(project: Path) -> None:
    before = begun(project, ())
    after = renewed(before, (), ["annotations/letter.yaml"])
    assert built(before, "letter") != built(after, "letter")
    assert built(before, "second") == built(after, "second")
    assert after.project is before.project


def test_a_built_edition_makes_nothing_be_built_again(project: Path) -> None:
    before = begun(project, ())
    after = renewed(before, (), ["out/letter.xml"])
    assert [built(before, name) == built(after, name) for name in before.texts] == [True, True]


@pytest.mark.parametrize("file", [REGISTER, "annotations/edition.yaml", "seeds/third.txt"])
def test_what_texts_share_makes_all_be_built_again(project: Path, file: str) -> None:
    before = begun(project, ())
    (project / "seeds/third.txt").write_text("Jena.\n", encoding="utf-8")
    after = renewed(before, (), [file])
    assert built(before, "second") != built(after, "second")
    assert set(after.texts) == {"letter", "second", "third"}


def test_a_text_that_is_gone_is_no_longer_told_of(project: Path) -> None:
    before = begun(project, ())
    (project / "seeds/second.txt").unlink()
    assert set(renewed(before, (), ["seeds/second.txt"]).texts) == {"letter"}


def test_stamps_know_all_files_and_others(project: Path) -> None:
    (project / "shared").mkdir()
    other = project / "shared/people.yaml"
    other.write_text("edition: 1\n", encoding="utf-8")
    assert "shared/people.yaml" not in stamps(project)
    assert {"shared/people.yaml", "seeds/letter.txt", REGISTER} <= set(stamps(project, [other]))


# a session


class Session:
    """`edition check --watch`, running; what it says, line by line."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-u", "-m", "edition", "check", "--watch", "-q"]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.put(line.rstrip("\n"))

    def until(self, end: str) -> list[str]:
        """What it says up to a line that holds these words."""
        lines: list[str] = []
        while not lines or end not in lines[-1]:
            lines.append(self.said.get(timeout=60))
        return lines


@contextmanager
def watching(folder: Path) -> Iterator[Session]:
    session = Session(folder)
    try:
        yield session
    finally:
        session.process.kill()
        session.process.wait()


def test_a_session_tells_a_mistake_and_that_it_is_mended(project: Path) -> None:
    path = project / "annotations/letter.yaml"
    good = path.read_text(encoding="utf-8")
    with watching(project) as session:
        assert session.until("checked") == ["2 checked, no error"]
        path.write_text(good.replace("person: goethe", "person: goehte"), encoding="utf-8")
        told = session.until("1 error")
        assert told[:2] == ["", "saved: annotations/letter.yaml"]
        assert "error[E401]: no register has the key “goehte”" in told
        path.write_text(good, encoding="utf-8")
        assert session.until("checked") == ["", "saved: annotations/letter.yaml", "2 checked, no error"]
        session.process.send_signal(signal.SIGINT)
        assert session.process.wait(timeout=60) == 0
        time.sleep(0.2)  # what it might still say
        assert session.said.empty()
