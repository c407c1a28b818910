"""Makes the environment in .venv and fills it with the pinned packages; standard library only."""

import argparse
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from scripts.console import ENVIRONMENT, PYTHON, ROOT, fingerprint, is_current, run, say, stop

INSTALLER = ROOT / "requirements-uv.txt"


def main() -> None:
    """Set up what running needs or, with --dev, what tests need too."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--dev", action="store_true", help="with what tests and checks need")
    dev = arguments.parse_args().dev
    make_environment()
    install(ROOT / ("requirements-dev.txt" if dev else "requirements.txt"))


def make_environment() -> None:
    """Make .venv with the Python that runs this, unless one that works is there."""
    if sys.version_info[:2] != (3, 11):
        stop(f"Labbook needs Python 3.11; this is {sys.version.split()[0]}.")
    # pip is the last thing to arrive: without it the making was interrupted.
    if Path(PYTHON).exists() and (ENVIRONMENT / "bin" / "pip3.11").exists():
        return
    if ENVIRONMENT.exists():
        say("The environment in .venv is incomplete or of another Python; making it anew.")
        shutil.rmtree(ENVIRONMENT)
    say(f"Making the environment in .venv with Python {sys.version.split()[0]} …")
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, OSError) as error:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        stop(f"No environment could be made ({error}). On Debian: apt-get install python3.11-venv")


def install(requirements: Path) -> None:
    """Install the packages a hashed list names, unless a stamp says that they are there.

    The list for tests contains the one for running, so its stamp counts for both.
    """
    stamp = ENVIRONMENT / "installed"
    mark = f"{requirements.name} {fingerprint(INSTALLER, requirements)}"
    everything = ROOT / "requirements-dev.txt"
    if is_current(stamp, mark) or is_current(stamp, f"{everything.name} {fingerprint(INSTALLER, everything)}"):
        return
    say(f"Installing the packages of {requirements.name} …")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", str(INSTALLER)])
    uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
    run([*uv, "--require-hashes", "-r", str(requirements)])
    stamp.write_text(mark)


if __name__ == "__main__":
    main()
