"""Walks the counted journeys through a notebook of their own and prints one JSON line each: `make journeys`."""

import argparse
import sys
import tempfile
from pathlib import Path

from scripts.chromium import chromium
from scripts.console import say, stop
from scripts.front_end import install_front_end
from tests.browser.journeys import JOURNEYS
from tests.browser.journeys.journey import Measured, measure
from tests.browser.notebook import running_notebook
from tests.browser.opening import open_browser, sign_in


def main() -> None:
    """Walk all journeys, or those named by --only, in every profile; exit 1 unless every budget holds."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--only", metavar="J1,J2", default=",".join(JOURNEYS))
    names = [name.strip().upper() for name in arguments.parse_args().only.split(",") if name.strip()]
    unknown = [name for name in names if name not in JOURNEYS]
    if unknown or not names:
        stop(f"There is no journey {', '.join(unknown) or 'named'}; there are {', '.join(JOURNEYS) or 'none yet'}.")
    install_front_end(dev=True)
    chromium()
    measured = walk(names)
    holding = sum(one.holds for one in measured)
    print(f"{len(measured)} journeys walked, {holding} within budget, {len(measured) - holding} not", flush=True)
    sys.exit(0 if holding == len(measured) else 1)


def walk(names: list[str]) -> list[Measured]:
    """Start a notebook and a browser, walk the journeys, print each as it ends."""
    measured = []
    with tempfile.TemporaryDirectory(prefix="labbook-journeys-") as folder:
        say("Starting a notebook with the demonstration lab …")
        with running_notebook(Path(folder)) as notebook, open_browser() as browser:
            session = sign_in(browser, notebook)
            for name in names:
                for profile in JOURNEYS[name].profiles:
                    one = measure(name, JOURNEYS[name], profile, browser, notebook.address, session)
                    print(one.as_json(), flush=True)
                    measured.append(one)
            say(notebook.errors())
    return measured


if __name__ == "__main__":
    main()
