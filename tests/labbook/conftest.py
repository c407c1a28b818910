"""Jobs for the tests of the ground floor: their kinds, and one that waits."""

import pytest
from pytest_django import Settings

from labbook.models import Job, Lab, User
from labbook.services.jobs import enqueue
from tests.labbook.job_kinds import KINDS


@pytest.fixture
def job_kinds(settings: Settings) -> None:
    """Let the notebook know the kinds of the tests."""
    settings.JOB_KINDS = {**settings.JOB_KINDS, **KINDS}


@pytest.fixture
def job(job_kinds: None, lab: Lab, member: User) -> Job:
    """A job that waits."""
    return enqueue(lab=lab, kind="make", title="Make one", arguments={"name": "effect"}, by=member)
