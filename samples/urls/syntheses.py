"""Addresses of syntheses, run mode and precipitation."""

from django.urls import URLPattern, URLResolver, path

from samples.views.planning import synthesis_new, synthesis_plan
from samples.views.precipitation import clean_up_spin_new, precipitation, precipitation_undo
from samples.views.recording import synthesis_record
from samples.views.run import run_mode
from samples.views.syntheses import (
    synthesis_duplicate,
    synthesis_edit,
    synthesis_end,
    synthesis_list,
    synthesis_reopen,
    synthesis_start,
)
from samples.views.synthesis import synthesis_detail, synthesis_values

urlpatterns: list[URLPattern | URLResolver] = [
    path("syntheses/", synthesis_list, name="synthesis_list"),
    path("syntheses/new/", synthesis_new, name="synthesis_new"),
    path("syntheses/new/<slug:slug>/", synthesis_plan, name="synthesis_plan"),
    path("syntheses/<str:code>/", synthesis_detail, name="synthesis_detail"),
    path("syntheses/<str:code>/start/", synthesis_start, name="synthesis_start"),
    path("syntheses/<str:code>/duplicate/", synthesis_duplicate, name="synthesis_duplicate"),
    path("syntheses/<str:code>/edit/", synthesis_edit, name="synthesis_edit"),
    path("syntheses/<str:code>/values/", synthesis_values, name="synthesis_values"),
    path("syntheses/<str:code>/run/", run_mode, name="run_mode"),
    path("syntheses/<str:code>/record/", synthesis_record, name="synthesis_record"),
    path("syntheses/<str:code>/fractions/", precipitation, name="precipitation"),
    path("syntheses/<str:code>/fractions/undo/", precipitation_undo, name="precipitation_undo"),
    path("syntheses/<str:code>/clean-up/", clean_up_spin_new, name="clean_up_spin_new"),
    path("syntheses/<str:code>/end/", synthesis_end, name="synthesis_end"),
    path("syntheses/<str:code>/reopen/", synthesis_reopen, name="synthesis_reopen"),
]
