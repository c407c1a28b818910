"""Jobs of the analysis floor that are not over yet, for the pages that wait for them."""

from typing import Any

from labbook.models import Job, Lab, User
from labbook.models.jobs import LIVE


def live_job(lab: Lab, user: User, kind: str, **arguments: Any) -> Job | None:
    """Return the newest job of a kind about these arguments that still waits or runs."""
    about = {f"arguments__{name}": value for name, value in arguments.items()}
    return Job.objects.visible_to(user).filter(lab=lab, kind=kind, state__in=LIVE, **about).order_by("-pk").first()
