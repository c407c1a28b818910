"""Every address of the analysis floor, room by room.

/fits/ /fits/<id>              fits: one, judged, repeated, tried with other settings
/methods/ /methods/<name>      the table of methods and what the lab states for them
/m/<id>/fits                   what was made of a measurement
/series/<id>/analysis          what was made of a ladder
/s/<code>/values               what counts for a sample
/tables/ /figures/             saved tables and figures, made of a series or of samples
"""

from analysis.urls import fits, methods, publishing, subjects

urlpatterns = [
    *fits.urlpatterns,
    *methods.urlpatterns,
    *subjects.urlpatterns,
    *publishing.urlpatterns,
]
