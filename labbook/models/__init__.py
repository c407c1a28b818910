"""The tables of the ground floor."""

from labbook.models.codes import Alias, Code, CodeCounter
from labbook.models.history import HistoryHead, Revision
from labbook.models.jobs import Job, JobState
from labbook.models.people import Lab, Membership, Project, SignInLink, User
from labbook.models.records import LabRecord, ProjectRecord, VisibleQuerySet
from labbook.models.safety import Draft, SubmittedForm
from labbook.models.search import SearchFact, SearchRow

__all__ = [
    "Alias",
    "Code",
    "CodeCounter",
    "Draft",
    "HistoryHead",
    "Job",
    "JobState",
    "Lab",
    "LabRecord",
    "Membership",
    "Project",
    "ProjectRecord",
    "Revision",
    "SearchFact",
    "SearchRow",
    "SignInLink",
    "SubmittedForm",
    "User",
    "VisibleQuerySet",
]
