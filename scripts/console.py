"""How the scripts speak, run programs and remember what is already done; standard library only."""

import hashlib
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = str(ENVIRONMENT / "bin" / "python")


def say(sentence: str) -> None:
    """Print a sentence at once, on the error stream so that results stay alone on the other."""
    print(sentence, file=sys.stderr, flush=True)


def stop(reason: str) -> NoReturn:
    """End the script with exit code 1 and the reason."""
    say(reason)
    raise SystemExit(1)


def succeeds(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> bool:
    """Run a program in the project folder, its output shown; say whether it exited with 0."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode == 0


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
    """Run a program in the project folder and stop the script when it fails."""
    if not succeeds(command, env):
        stop(f"This command failed: {shlex.join(str(part) for part in command)}")


def fingerprint(*files: Path) -> str:
    """Return a hash over the contents of files; a stamp that holds it is current."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def is_current(stamp: Path, mark: str) -> bool:
    """Say whether a stamp file holds this mark."""
    return stamp.is_file() and stamp.read_text() == mark
