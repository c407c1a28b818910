"""The tables of the ground floor."""

from labbook.models.codes import Alias, Code, CodeCounter
from labbook.models.history import HistoryHead, Revision
from labbook.models.people import Lab, Membership, Project, SignInLink, User
from labbook.models.records import LabRecord, ProjectRecord, VisibleQuerySet
from labbook.models.safety import Draft, SubmittedForm
from labbook.models.search import SearchNumber, SearchRow, SearchWord

__all__ = [
    "Alias",
    "Code",
    "CodeCounter",
    "Draft",
    "HistoryHead",
    "Lab",
    "LabRecord",
    "Membership",
    "Project",
    "ProjectRecord",
    "Revision",
    "SearchNumber",
    "SearchRow",
    "SearchWord",
    "SignInLink",
    "SubmittedForm",
    "User",
    "VisibleQuerySet",
]
