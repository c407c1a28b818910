"""Resolves requirements again for Python 3.11: exact versions, hashes, no download hosts."""

import argparse
import os

from scripts.console import PYTHON, ROOT, run, say

LISTS = ("requirements-uv", "requirements-node", "requirements", "requirements-dev")


def main() -> None:
    """Write each hashed list from what is asked for beside it; versions stay unless --upgrade is given."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    upgrade = ["--upgrade"] if arguments.parse_args().upgrade else []
    for name in LISTS:
        say(f"Locking {name}.txt …")
        run(
            [
                *(PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", *upgrade),
                *(
                    "--python-version",
                    "3.11",
                    "--no-emit-index-url",
                    "--no-emit-find-links",
                    "--annotation-style",
                    "line",
                ),
                *(["--constraint", "requirements.txt"] if name == "requirements-dev" else []),
                *(f"{name}.in", "--output-file", f"{name}.txt"),
            ],
            {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "make lock"},
        )
    hosts = [name for name in LISTS if "://" in (ROOT / f"{name}.txt").read_text()]
    if hosts:
        say(f"These name a host and must not be committed so: {', '.join(hosts)}")


if __name__ == "__main__":
    main()
