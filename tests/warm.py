"""A server that runs ``quotetrack`` and Python programs in forks of one process that has the models loaded.

Starting the command line and loading the models takes seconds, and the tests run it hundreds of times. The client is a script
named ``quotetrack`` that passes its arguments, environment and open files to this server, so a shell can use it with pipes and
redirections. ``tests/packaging/test_wheel.py`` and the tests that stop commands start the command line itself. New databases are
copies of an empty one. Works where
``os.fork`` and Unix sockets exist.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

import pydantic
import pytest
import typer

import quotetrack
from quotetrack.cli.common import console, notes
from quotetrack.store import Store
from tests.new_databases import copy_new_databases

ROOT = Path(__file__).resolve().parents[1]
CLIENT = """#!{python} -IS
import json, os, socket, sys
connection = socket.socket(socket.AF_UNIX)
connection.connect({address!r})
request = json.dumps([sys.argv, os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(connection, [len(request).to_bytes(8, "big")], [0, 1, 2])
connection.sendall(request)
sys.exit(int(connection.recv(8) or 1))
"""


@functools.cache
def warm_environment() -> dict[str, str]:
    """Start a server that ends with this process; returns the variables with which ``quotetrack`` and ``python`` use it."""
    temporary = tempfile.TemporaryDirectory()
    folder = Path(temporary.name)
    address = str(folder / "socket")
    variables = {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
        "TERM": "dumb",
        "OMP_NUM_THREADS": "1",
    }
    install_clients(folder / "bin", address)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.warm", address, str(ROOT / "samples")],
        cwd=ROOT, env={**os.environ, **variables}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    atexit.register(temporary.cleanup)
    atexit.register(server.kill)
    assert server.stdout and server.stdout.readline() == b"ready\n"
    return variables


def install_clients(folder: Path, address: str) -> None:
    """Write the clients ``quotetrack`` and ``python`` into ``folder``, which belongs on the PATH."""
    folder.mkdir()
    for name in ("quotetrack", "python"):
        client = folder / name
        client.write_text(CLIENT.format(python=sys.executable, address=address), encoding="utf-8")
        client.chmod(0o755)


def serve(address: str, samples: Path) -> None:
    """Load the models, parse the samples once, and answer until standard input is closed."""
    _warm(samples)
    empty = Path(address).with_name("empty.duckdb")
    Store.open(empty).close()
    copy_new_databases(pytest.MonkeyPatch(), empty)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(16)
        print("ready", flush=True)
        # Standard input ends with the process that started the server, also if that is killed.
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _answer(connection)
            connection.close()


def _warm(samples: Path) -> None:
    import quotetrack.api.extractor as extractor
    import quotetrack.cli.main as command_line
    import quotetrack.jobs.analysis as analysis
    from quotetrack.inputs import find, read
    from quotetrack.model import Article
    from quotetrack.parse.models import choose

    analysis.load(choose(language="en"), "en")
    # The paragraphs of the samples stay in the parser's cache, so that a fork which ingests them does not parse again.
    found = [article for path in find([samples]) for article in read(path)]
    analysis.analyse([article.text for article in found if isinstance(article, Article)])
    # What commands do each time, done once: import modules, build the commands from their signatures.
    pydantic.TypeAdapter(int)  # Typer converts arguments with it
    for module in pkgutil.walk_packages(quotetrack.__path__, "quotetrack."):
        if not module.name.startswith("quotetrack.serve") and module.name != "quotetrack.__main__":
            with contextlib.suppress(ImportError):  # of an optional package
                importlib.import_module(module.name)
    command_line.app = typer.main.get_command(command_line.app)  # type: ignore[assignment]
    loaded = extractor.Extractor(analysis._parser)  # type: ignore[arg-type]
    extractor._embedded = lambda: loaded  # type: ignore[assignment]


def _answer(connection: socket.socket) -> None:
    length, files, _, _ = socket.recv_fds(connection, 8, 3)
    request = b""
    while len(request) < int.from_bytes(length, "big"):
        request += connection.recv(65536)
    arguments, folder, environment = json.loads(request)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for one in (console, notes):  # which read it when they were made
        one.width = int(environment.get("COLUMNS", 80))
    code = 1
    try:
        code = _run(Path(arguments[0]).name, arguments)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connection.sendall(str(code).encode())
        os._exit(code)


def _run(name: str, arguments: list[str]) -> int:
    """The exit code of the command line, or of ``python FILE``."""
    from quotetrack.cli.main import run

    sys.argv = arguments if name == "quotetrack" else arguments[1:]
    try:
        if name == "quotetrack":
            run()
        else:
            sys.path.insert(0, "")
            runpy.run_path(arguments[1], run_name="__main__")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
