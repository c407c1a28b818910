"""Installs the front-end packages of package-lock.json into node_modules."""

import json
import os
import shutil
from pathlib import Path

from scripts.console import ENVIRONMENT, PYTHON, ROOT, fingerprint, is_current, run, say

LOCK = ROOT / "package-lock.json"


def install_front_end(*, dev: bool) -> None:
    """Install what pages load and, with dev, what their tests load; nothing when it is all there."""
    asked = json.loads((ROOT / "package.json").read_text())
    if not asked.get("dependencies") and not dev:
        return
    stamp = ROOT / "node_modules" / "installed"
    mark = f"{'everything' if dev else 'pages'} {fingerprint(LOCK)}"
    if is_current(stamp, mark) or is_current(stamp, f"everything {fingerprint(LOCK)}"):
        return
    say("Installing the front-end packages …")
    npm, folder = npm_program()
    path = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    run([npm, "ci", "--loglevel=error", *([] if dev else ["--omit=dev"])], {**os.environ, "PATH": path})
    stamp.write_text(mark)


def npm_program() -> tuple[Path, Path]:
    """Return npm and the folder in which its node lies: the machine's, else one from PyPI in the environment."""
    own = shutil.which("npm")
    if own and shutil.which("node"):
        return Path(own), Path(own).parent
    packaged = ENVIRONMENT / "bin" / "npm"
    if not packaged.exists():
        say("There is no npm here; installing one into .venv …")
        packages = ["--require-hashes", "-r", str(ROOT / "requirements-node.txt")]
        run([PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, *packages])
    return packaged, packaged.parent
