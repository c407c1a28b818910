"""Every address of the notebook; upper floors are named as strings only.

/                     the rooms of the upper floors: samples.urls, measurements.urls, analysis.urls
/api/v1/              REST: samples.api.urls, measurements.api.urls, analysis.api.urls
/q/<tag>              what a label carries; case does not matter
/people/ /projects/   who may do and see what
/history/ /activity/  who changed what
/drafts/              typed, not yet saved
/jobs/                long work beside the pages
/accounts/            signing in
/styles/              the style sheets, joined
/storage/             a room that a later version fills
"""

from django.urls import URLPattern, URLResolver, include, path, re_path

from labbook.api.docs import DocsView
from labbook.views import coming, drafts, history, jobs, people, projects, tokens
from labbook.views.sign_in import sign_in_link
from labbook.views.styles import style_sheet
from labbook.views.tags import tag_resolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.account.urls")),
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
    re_path(r"^[qQ]/(?P<tag>[0-9A-Za-z]{1,12})/?$", tag_resolver, name="tag_resolver"),
    path("people/", people.people_list, name="people_list"),
    path("people/invite", people.person_invite, name="person_invite"),
    path("people/link", people.person_link, name="person_link"),
    path("people/<int:membership_id>", people.person_edit, name="person_edit"),
    path("people/<int:membership_id>/link", people.person_link_again, name="person_link_again"),
    path("settings/lab", people.lab_settings, name="lab_settings"),
    path("projects/", projects.project_list, name="project_list"),
    path("projects/new", projects.project_new, name="project_new"),
    path("projects/<slug:slug>", projects.project_edit, name="project_edit"),
    path("history/<slug:record_type>/<int:record_id>/", history.record_history, name="record_history"),
    path("history/<slug:record_type>/<int:record_id>/restore", history.record_restore, name="record_restore"),
    path("activity/", history.activity, name="activity"),
    path("drafts/", drafts.draft_save, name="draft_save"),
    path("drafts/discard", drafts.draft_discard, name="draft_discard"),
    path("jobs/", jobs.job_list, name="job_list"),
    path("jobs/<int:job_id>", jobs.job_detail, name="job_detail"),
    path("jobs/<int:job_id>/progress", jobs.job_progress, name="job_progress"),
    path("jobs/<int:job_id>/cancel", jobs.job_cancel, name="job_cancel"),
    path("jobs/<int:job_id>/retry", jobs.job_retry, name="job_retry"),
    path("styles/<slug:name>.css", style_sheet, name="style_sheet"),
    path("storage/", coming.storage_map, name="storage_map"),
    path("me/tokens/", tokens.token_list, name="token_list"),
    path("me/tokens/<str:token_key>/revoke", tokens.token_revoke, name="token_revoke"),
    path("api/docs/", DocsView.as_view(), name="api_docs"),
    path("api/v1/", include("samples.api.urls")),
    path("api/v1/", include("measurements.api.urls")),
    path("api/v1/", include("analysis.api.urls")),
    path("", include("analysis.urls")),
    path("", include("measurements.urls")),
    path("", include("samples.urls")),
]
