"""Projects: making and restricting them, their members, and what lies in them."""

from labbook.errors import Refusal
from labbook.journal import Journal, record_type_of
from labbook.models import LabRecord, Project, Revision, SearchRow


def place_in_project(journal: Journal, record: LabRecord, *, project: Project | None) -> None:
    """Let search and history follow a record into a project, in the transaction that moves it.

    Raises Refusal when the person cannot see the project, in the words used for one that does not exist.
    """
    if project and journal.by and not Project.objects.visible_to(journal.by).filter(pk=project.pk).exists():
        raise Refusal("There is no such project in this lab.", field="project")
    its = {"record_type": record_type_of(record), "record_id": record.pk}
    SearchRow.objects.filter(**its).update(project=project)
    Revision.objects.filter(**its).update(project=project)
