"""Reading again what an older version of a reader has read, in the background."""

from labbook.models import Job, JobState, Lab, Membership, User
from labbook.roles import Role
from labbook.services.jobs import enqueue
from measurements.models import RawFile
from measurements.queries.files import outdated_files


def reread_outdated(lab: Lab) -> Job | None:
    """Ask for a job that reads outdated files again; nothing when there are none or one waits already."""
    waiting = Job.objects.filter(lab=lab, kind="reread_files", state__in=(JobState.QUEUED, JobState.RUNNING))
    if waiting.exists() or not RawFile.objects.filter(lab=lab).exists():
        return None
    files = outdated_files(lab)
    by = keeper_of(lab)
    if not files or by is None:
        return None
    return enqueue(lab=lab, by=by, kind="reread_files", title=f"Read {len(files)} files again", arguments={})


def keeper_of(lab: Lab) -> User | None:
    """Return in whose name the notebook works by itself: the lab's first owner."""
    owners = Membership.objects.filter(lab=lab, role=Role.OWNER, is_active=True).select_related("user").order_by("pk")
    first = owners.first()
    return first.user if first else None
