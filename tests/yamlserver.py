"""A session with the YAML language server that editors use, over stdio: JSON-RPC by hand.

`npm install --prefix tests/tools` brings the server. It asks nothing of the network: schemas come from files.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

from tools import missing

SERVER = Path(__file__).parent / "tools/node_modules/yaml-language-server/bin/yaml-language-server"
SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
Json = Any  # what the protocol says


def needed() -> None:
    """Skips where the server is not installed; under CI that is a failure."""
    if SERVER.exists() and shutil.which("node"):
        return
    missing("yaml-language-server is not installed: run `npm ci` in tests/tools")


class Server:
    """One server. A place is a line and a character of it, counted from 0, in UTF-16 units."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.asked = 0
        self.told: dict[str, list[Json]] = {}  # findings by URI

    def send(self, method: str, params: Json, number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        self._write(message if number is None else message | {"id": number})

    def _write(self, message: Json) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _read(self) -> Json:
        """The next message; what the server asks of its client is answered with nothing."""
        assert self.process.stdout is not None
        size = 0
        while (line := self.process.stdout.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        assert size, "the server has ended"
        message = json.loads(self.process.stdout.read(size))
        if "id" in message and "method" in message:
            items = (message.get("params") or {}).get("items", [])
            answer = [SETTINGS.get(item["section"], {}) for item in items] or None
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": answer})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def ask(self, method: str, params: Json) -> Json:
        self.asked += 1
        self.send(method, params, self.asked)
        while (message := self._read()).get("id") != self.asked or "method" in message:
            pass
        return message["result"]

    def open(self, path: Path, text: str) -> str:
        """A file as it stands in the editor (it need not be saved), opened once; its URI."""
        uri = path.resolve().as_uri()
        self.send(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}},
        )
        return uri

    def findings(self, uri: str) -> list[str]:
        """All that it finds in a file, as LINE: MESSAGE."""
        while uri not in self.told:
            self._read()
        return [f"{d['range']['start']['line'] + 1}: {d['message']}" for d in self.told[uri]]

    def at(self, method: str, uri: str, line: int, character: int) -> Json:
        position = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": position})


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    process = subprocess.Popen(
        ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    timer = Timer(120, process.kill)
    timer.start()
    try:
        server = Server(process)
        about: Json = {
            "processId": None,
            "rootUri": root.resolve().as_uri(),
            "capabilities": {"workspace": {}},
        }
        server.ask("initialize", about)
        server.send("initialized", {})
        server.send("workspace/didChangeConfiguration", {"settings": SETTINGS})
        yield server
    finally:
        timer.cancel()
        process.kill()
        process.wait()
