"""Every address of the samples floor, room by room."""

from samples.urls import actions, imports, lineage, lists, stock, syntheses

urlpatterns = [
    *lists.urlpatterns,
    *syntheses.urlpatterns,
    *stock.urlpatterns,
    *lineage.urlpatterns,
    *actions.urlpatterns,
    *imports.urlpatterns,
]
