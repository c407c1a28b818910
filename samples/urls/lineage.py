"""Addresses of a sample's page, lineage and statement.

/s/<code>                 the sample
/s/<code>/edit/           what is said about it, corrected
/s/<code>/label/          its label waits
/s/<code>/lineage/        drawing, tree or table; .svg and .csv as files
/s/<code>/recall/         everything it went into
/s/<code>/statement/      the provenance statement for paper
/s/<code>/parents/<id>/   another sample was used than recorded
"""

from django.urls import URLPattern, URLResolver, path

from samples.views.editing import sample_edit
from samples.views.lineage import lineage, lineage_csv, lineage_svg, recall, recall_csv
from samples.views.parents import parent_replace
from samples.views.sample import sample_detail, sample_label
from samples.views.statement import statement, statement_csv

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<str:code>", sample_detail, name="sample_detail"),
    path("s/<str:code>/edit/", sample_edit, name="sample_edit"),
    path("s/<str:code>/label/", sample_label, name="sample_label"),
    path("s/<str:code>/lineage/", lineage, name="lineage"),
    path("s/<str:code>/lineage.svg", lineage_svg, name="lineage_svg"),
    path("s/<str:code>/lineage.csv", lineage_csv, name="lineage_csv"),
    path("s/<str:code>/recall/", recall, name="recall"),
    path("s/<str:code>/recall.csv", recall_csv, name="recall_csv"),
    path("s/<str:code>/statement/", statement, name="statement"),
    path("s/<str:code>/statement.csv", statement_csv, name="statement_csv"),
    path("s/<str:code>/parents/<int:line_id>/", parent_replace, name="parent_replace"),
]
