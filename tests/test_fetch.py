"""Schemas into the user's cache, from a server on this machine."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from edition.app import fetch as fetching
from edition.app.fetch import Fetched, fetch
from edition.checks.named_schemas import cache, kept
from pages import run

RNG = b'<element name="TEI" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
SCH = b'<schema xmlns="http://purl.oclc.org/dsdl/schematron"/>'
REDIRECTIONS = {"/moved": "/x.rng", "/file": "file:///etc/hostname", "/ftp": "ftp://127.0.0.1/x"}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in REDIRECTIONS:
            self.send_response(302)
            self.send_header("Location", REDIRECTIONS[self.path])
            self.end_headers()
            return
        data = {"/x.rng": RNG, "/x.sch": SCH, "/page": b"<html/>", "/large": RNG + b" " * 5000}.get(self.path)
        self.send_response(200 if data is not None else 404)
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Its address. The cache is a folder of the test, and no proxy stands between."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    one = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=one.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{one.server_address[1]}"
    one.shutdown()
    one.server_close()


@pytest.mark.parametrize(
    ("path", "data", "file"),
    [("/x.rng", RNG, "own.rng"), ("/moved", RNG, "own.rng"), ("/x.sch", SCH, "own.sch")],
)
def test_what_is_fetched_is_kept_with_its_digest(server: str, path: str, data: bytes, file: str) -> None:
    digest = hashlib.sha256(data).hexdigest()
    assert fetch("own", server + path) == Fetched(cache() / file, digest, len(data))
    assert kept("own") == (data, "")
    assert (cache() / f"{file}.sha256").read_text() == f"{digest}  {file}\n"
    assert sorted(p.name for p in cache().iterdir()) == [file, f"{file}.sha256"]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/none", "404"),
        ("/page", "no RELAX NG"),
        ("/large", "larger than"),
        ("/file", "302"),
        ("/ftp", "is not followed"),
    ],
)
def test_what_is_refused_leaves_nothing(
    server: str, path: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 4000)
    said = fetch("own", server + path)
    assert isinstance(said, str) and problem in said
    assert not cache().exists()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://127.0.0.1/x",
        "data:text/xml,<a/>",
        "x.rng",
        "http://",
        "http://[",
        "http://127.0.0.1:1/x",
    ],
)
def test_other_addresses_are_refused(server: str, url: str) -> None:
    assert isinstance(fetch("own", url), str)
    assert not cache().exists()


@pytest.mark.parametrize("name", ["../own", "a/b", "", ".own", "own.rng", "a\nb"])
def test_a_name_is_no_path(server: str, name: str) -> None:
    assert "cannot name" in str(fetch(name, f"{server}/x.rng"))


def test_what_was_changed_in_the_cache_is_not_used(server: str) -> None:
    fetch("own", f"{server}/x.rng")
    (cache() / "own.rng").write_bytes(SCH)
    assert kept("own") == (b"", "is not as it was fetched: its SHA-256 is another")


def test_the_command(server: str, tmp_path: Path) -> None:
    said = run(f"edition schema fetch own --from {server}/x.rng", tmp_path)
    assert (said.code, said.stderr) == (0, "")
    assert hashlib.sha256(RNG).hexdigest() in said.stdout
    assert run("edition schema fetch nothing", tmp_path).code == 3
