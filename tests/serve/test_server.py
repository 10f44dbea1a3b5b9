"""``quotetrack serve``: the port, the address, the end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from quotetrack.errors import UsageError
from quotetrack.serve.server import listen
from tests.cli.test_commands import ROOT, run


def test_ctrl_c_ends_it_cleanly(record: Path) -> None:
    """The command prints the address, serves pages there, and ends with exit code 0 and one word on Ctrl-C."""
    command = [sys.executable, "-m", "quotetrack", "serve", "--db", str(record), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "NO_COLOR": "1"}
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert running.stderr
    line = running.stderr.readline()
    assert line.startswith("The desk is at http://127.0.0.1:"), line
    address = line.split()[4]
    with urllib.request.urlopen(f"{address}inbox", timeout=60) as response:
        assert response.status == 200
    running.send_signal(signal.SIGINT)
    _, rest = running.communicate(timeout=60)
    assert (running.returncode, rest) == (0, "Stopped.\n")


def test_a_taken_port_is_an_error(record: Path) -> None:
    """A port in use, a name that is no address and a wildcard are one sentence that says what to do."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--db", str(record), "--port", str(port))
        assert done.returncode == 2
        assert f"Port {port} on 127.0.0.1 is in use by another program" in " ".join(done.stderr.split())
    for host, message in (
        ("no.such.host.invalid", "not an address"),
        ("0.0.0.0", "would accept any name"),
        ("::", "any name"),
    ):
        with pytest.raises(UsageError, match=message), listen(host, 0):
            pass


def test_a_missing_database_is_an_error(tmp_path: Path) -> None:
    """Without a database the command ends with one sentence and starts no server."""
    done = run("serve", "--db", str(tmp_path / "none.duckdb"))
    assert done.returncode == 2 and "No database found" in done.stderr
