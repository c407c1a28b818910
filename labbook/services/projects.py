"""Projects: making and restricting them, their members, and what lies in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import slugify

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of, record_type_of
from labbook.models import Lab, LabRecord, Membership, Project, Revision, SearchRow, User
from labbook.services.versions import check_unchanged


def start_project(*, lab: Lab, name: str, is_restricted: bool, by: User) -> Project:
    """Start a project; whoever starts it is its first member.

    Raises Refusal("name") when the lab already has it.
    """
    with journal_of(lab, by=by) as journal:
        project = Project(lab=lab, is_restricted=is_restricted, name=checked_name(name), slug=free_slug(lab, name))
        project.save()
        project.members.add(by)
        journal.created(project, name=project.name, is_restricted=is_restricted, members=[str(by)])
    return project


def change_project(
    *, project: Project, name: str, is_restricted: bool, members: Iterable[User], token: str, by: User
) -> Project:
    """Rename or restrict a project and say who its members are.

    Raises Refusal("members") when nobody would be left to see it, or for somebody from outside the lab.
    """
    with journal_of(project.lab, by=by) as journal:
        project = Project.objects.select_for_update().get(pk=project.pk)
        check_unchanged(project, token)
        wanted = checked_members(project.lab, members)
        before = told(project)
        project.name, project.is_restricted = checked_name(name), is_restricted
        project.version += 1
        project.save()
        project.members.set(wanted)
        after = told(project)
        journal.changed(project, "changed", {key: (before[key], after[key]) for key in before})
    return project


def told(project: Project) -> Mapping[str, Any]:
    """Return what the history tells of a project."""
    members = sorted(str(one) for one in project.members.all())
    return {"name": project.name, "is_restricted": project.is_restricted, "members": members}


def checked_name(name: str) -> str:
    """Return a project's name without outer spaces."""
    name = name.strip()
    if not name or len(name) > 120:
        raise Refusal("A project has a name of up to 120 letters.", field="name")
    return name


def free_slug(lab: Lab, name: str) -> str:
    """Return a slug that the lab has not used; a hidden project's name is not given away by a refusal."""
    base = slugify(name)[:34] or "project"
    taken = set(Project.objects.filter(lab=lab, slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def checked_members(lab: Lab, members: Iterable[User]) -> list[User]:
    """Return the members when there is one and all belong to the lab."""
    wanted = list(members)
    known = Membership.objects.filter(lab=lab, user__in=wanted, is_active=True).count()
    if not wanted:
        raise Refusal("A project keeps at least one member.", field="members")
    if known != len(wanted):
        raise Refusal("Members of a project belong to the lab.", field="members")
    return wanted


def place_in_project(journal: Journal, record: LabRecord, *, project: Project | None) -> None:
    """Let search and history follow a record into a project, in the transaction that moves it.

    The caller writes `record.project` itself. Raises Refusal when the person cannot see the project, in
    the words used for one that does not exist.
    """
    if project and journal.by and not Project.objects.visible_to(journal.by).filter(pk=project.pk).exists():
        raise Refusal("There is no such project in this lab.", field="project")
    its = {"record_type": record_type_of(record), "record_id": record.pk}
    SearchRow.objects.filter(**its).update(project=project)
    Revision.objects.filter(**its).update(project=project)
    for entry in journal.entries:
        if (entry.record_type, entry.record_id) == (its["record_type"], its["record_id"]):
            entry.project = project
