"""Kinds of job that only tests know: what they do is seen in the titles of projects."""

import time
from pathlib import Path
from typing import Any

from labbook.errors import Refusal
from labbook.jobs.run import Run
from labbook.models import Project

HERE = "tests.labbook.job_kinds"
KINDS = {name: f"{HERE}.{name}" for name in ("make", "refuse", "crash", "slow", "returning", "lost_database")}


def make(run: Run) -> None:
    """Report twice and write one project in the last transaction."""
    run.report(1, 2, "half of it")
    run.report(2, 2, "all of it")
    with run.finishing() as result:
        write_project(run)
        result["said"] = "made"


def slow(run: Run) -> None:
    """Go on reporting until a file says that it is enough, then write one project."""
    enough = Path(run.arguments["enough"])
    for step in range(10_000):
        run.report(step, None, "still at it" if step == 0 else "")
        if enough.exists():
            break
        time.sleep(0.01)
    with run.finishing():
        write_project(run)
        # Long enough to be killed in: what is written here is there once, or not at all.
        time.sleep(run.arguments.get("finishing_s", 0))


def returning(run: Run) -> dict[str, Any]:
    """Write nothing and return what is to be told."""
    return {"said": f"{run.lab} for {run.by}", "address": "/samples/"}


def refuse(run: Run) -> None:
    """Refuse after something was written, which is undone."""
    with run.finishing():
        write_project(run)
        raise Refusal("This file holds no curve.")


def crash(run: Run) -> None:
    """Fail as no handler should."""
    raise ZeroDivisionError(f"a secret of {run.lab}")


def lost_database(run: Run) -> None:
    """Lose the database while working."""
    from django.db import OperationalError

    run.report(line=f"attempt {run.attempt}")
    raise OperationalError("server closed the connection unexpectedly")


def write_project(run: Run) -> None:
    """Write the effect that must be there once; nothing in the table keeps a second one out."""
    slug = f"effect-{run.job_id}-{run.attempt}"
    Project.objects.create(lab=run.lab, name=run.arguments["name"], slug=slug)
