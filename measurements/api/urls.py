"""Addresses of the API of the measurements floor, room by room.

/api/v1/inbox  batches  measurements  series  instruments  sessions  calibrations  files  curves
"""

from django.urls import URLPattern, URLResolver

from measurements.api import curves, files, inbox, instruments, measurements, series

urlpatterns: list[URLPattern | URLResolver] = [
    *inbox.urlpatterns,
    *measurements.urlpatterns,
    *series.urlpatterns,
    *instruments.urlpatterns,
    *curves.urlpatterns,
    *files.urlpatterns,
]
