"""Runs the notebook as `make run` does, on an empty folder and a free port, and signs in by its one-time link."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"http://\S+/sign-in/\S+")
LOG = "notebook.log"
PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Notebook:
    """A running notebook: its address, the link that signs its owner in, and its data folder."""

    address: str
    sign_in_link: str
    folder: Path

    def errors(self) -> str:
        """Return what the server said about its own mistakes, the end of it."""
        _, found, told = (self.folder / LOG).read_text().partition("Traceback")
        return (found + told)[-4000:]


@contextmanager
def running_notebook(folder: Path) -> Iterator[Notebook]:
    """Start a notebook with the demonstration lab in a folder; stop it at the end."""
    address = f"127.0.0.1:{free_port()}"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"LABBOOK_DATA_DIR": str(folder / "data"), "LABBOOK_ADDRESS": address}
    log = folder / LOG
    with log.open("w") as output:
        command = [sys.executable, "-m", "scripts.run"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield Notebook(f"http://{address}", wait_for_link(server, log, address), folder)
        finally:
            server.terminate()
            server.wait(timeout=30)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_link(server: subprocess.Popen[bytes], log: Path, address: str) -> str:
    """Return the link once it is printed and the server answers; fail with the log when it ends instead."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        printed = LINK.search(log.read_text())
        if printed and answers(f"http://{address}/static/labbook/css/base.css"):
            return printed.group()
        time.sleep(0.2)
    raise RuntimeError(f"The notebook did not start:\n{log.read_text()}")


def answers(url: str) -> bool:
    """Say whether a web server is there, whatever it says."""
    try:
        with urlopen(url, timeout=5):
            return True
    except (URLError, TimeoutError) as error:
        return hasattr(error, "code")
