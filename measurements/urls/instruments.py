"""Addresses of instruments, sessions, calibrations and log sheets."""

from django.urls import URLPattern, URLResolver, path

from measurements.views import calibrations, instruments, log_sheet, sessions

ONE = "instruments/<int:instrument_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("instruments/", instruments.instrument_list, name="instrument_list"),
    path("instruments/new", instruments.instrument_new, name="instrument_new"),
    path(ONE, instruments.instrument_detail, name="instrument_detail"),
    path(f"{ONE}/edit", instruments.instrument_edit, name="instrument_edit"),
    path(f"{ONE}/clock", instruments.instrument_clock, name="instrument_clock"),
    path(f"{ONE}/sessions/new", sessions.session_new, name="session_new"),
    path(f"{ONE}/calibrations/new", calibrations.calibration_new, name="calibration_new"),
    path(f"{ONE}/log-sheet", log_sheet.log_sheet, name="log_sheet"),
    path(f"{ONE}/log-sheet.tsv", log_sheet.log_sheet_table, name="log_sheet_table"),
    path("sessions/<int:session_id>", sessions.session_detail, name="session_detail"),
    path("sessions/<int:session_id>/edit", sessions.session_edit, name="session_edit"),
    path("sessions/<int:session_id>/clock", sessions.session_clock, name="session_clock"),
    path("calibrations/<int:calibration_id>", calibrations.calibration_edit, name="calibration_edit"),
]
