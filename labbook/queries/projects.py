"""Projects of a lab as a person may see them."""

from django.db.models import Count, QuerySet

from labbook.models import Lab, Project, User


def projects_of(lab: Lab, *, seen_by: User) -> QuerySet[Project]:
    """Return the lab's projects by name, each with its `member_count`; hidden ones are left out."""
    mine = Project.objects.visible_to(seen_by).filter(lab=lab).values("pk")
    return Project.objects.filter(pk__in=mine).annotate(member_count=Count("members")).order_by("name")
