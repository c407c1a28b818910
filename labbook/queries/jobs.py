"""Which jobs of a lab a person is shown."""

from labbook.models import Job, Membership
from labbook.models.jobs import JobQuerySet
from labbook.roles import may

PAGE = 50


def jobs_of(membership: Membership) -> JobQuerySet:
    """Return a person's own jobs in a lab, newest first; a manager's list has everybody's that they may see."""
    jobs = Job.objects.visible_to(membership.user).filter(lab=membership.lab).select_related("created_by", "project")
    mine = jobs if may(membership.role, "manage") else jobs.filter(created_by=membership.user)
    return mine.order_by("-pk")
