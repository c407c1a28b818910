"""Addresses of the API that the ground floor answers.

/api/v1/me  lab  members  projects  revisions  aliases  jobs  schema
"""

from django.urls import URLPattern, URLResolver, path

from labbook.api import jobs, people
from labbook.api.acts import EditableView, act_path, creating_paths
from labbook.api.docs import SchemaView
from labbook.api.resources import detail_path, list_paths

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema", SchemaView.as_view(), name="api_schema"),
    path("me", people.MeView.as_view(), name="api_me"),
    path("lab", people.LabView.as_view(), name="api_lab"),
    *creating_paths(people.MEMBERS, people.INVITE),
    detail_path(people.MEMBERS, EditableView, edit=people.EDIT_MEMBER, writes="manage"),
    *creating_paths(people.PROJECTS, people.START_PROJECT),
    detail_path(people.PROJECTS, EditableView, edit=people.EDIT_PROJECT),
    *list_paths(people.REVISIONS),
    *list_paths(people.ALIASES),
    *list_paths(jobs.JOBS),
    detail_path(jobs.JOBS),
    act_path("jobs/<str:key>/cancel", jobs.CANCEL),
    act_path("jobs/<str:key>/retry", jobs.RETRY),
]
