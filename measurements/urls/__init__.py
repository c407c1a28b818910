"""Every address of the measurements floor, room by room.

/inbox/ /inbox/<batch>           uploads and their match table
/measurements/ /m/<id>           measurements
/series/ /series/<id>            ladders of pressure, temperature or age
/instruments/                    instruments, their sessions and calibrations
/curves/<id> /overlay            numbers and pictures of curves
/files/ /files/<id>              raw files
/s/<code>/measurements           what was measured of a sample
"""

from measurements.urls import curves, files, inbox, instruments, series
from measurements.urls import measurements as rooms

urlpatterns = [
    *inbox.urlpatterns,
    *rooms.urlpatterns,
    *series.urlpatterns,
    *instruments.urlpatterns,
    *curves.urlpatterns,
    *files.urlpatterns,
]
