"""A worker process that stands still at a place until killed: `held_worker DATABASE LEASE_S PLACE NUMBER SIGN`."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

# Where it can stand: before the fit is written, and in the transaction that has written it and is not committed.
PLACES = {"computing": "outcome_of", "writing": "bring_up_to_date"}


def main() -> None:
    """Work as `manage.py worker` does, and stand still at the so many-th visit of a place."""
    database, lease_s, place, number, sign = sys.argv[1:]
    settings.DATABASES["default"]["NAME"] = database
    settings.JOB_LEASE_S = float(lease_s)
    django.setup()
    from analysis.services import fitting

    name = PLACES[place]
    setattr(fitting, name, standing(getattr(fitting, name), int(number), Path(sign)))
    call_command("worker", interval=0.05)


def standing(act: Callable[..., Any], number: int, sign: Path) -> Callable[..., Any]:
    """Return a function that acts, and the so many-th time leaves a sign and does not return."""
    visits: list[None] = []

    def acting(*arguments: Any, **named: Any) -> Any:
        told = act(*arguments, **named)
        visits.append(None)
        if len(visits) == number:
            sign.touch()
            time.sleep(600)
        return told

    return acting


if __name__ == "__main__":
    main()
