"""Addresses of the API: the lists and records of the samples floor, and what is done with them.

/api/v1/samples  bottles  precursors  specimens  syntheses  processes  places  equipment  recipes  labels  search
/api/v1/samples/<code>/ancestors  descendants  statement  ledger  moves  history
/api/v1/samples/<code>/<what is done>   as on the sample's page
/api/v1/import
"""

from django.urls import URLPattern, URLResolver, include, path

from labbook.api.acts import EditableView, act_path, creating_paths
from labbook.api.resources import detail_path, list_paths
from samples.api import belongings, resources, sample_acts, stock_acts, synthesis_acts
from samples.api.lineage import LineageView, StatementView

SAMPLE, SYNTHESIS, PROCESS = "samples/<str:key>", "syntheses/<str:key>", "processes/<str:key>"

VALUES = EditableView.as_view(
    resource=resources.PROCESSES, edit=synthesis_acts.EDIT_ACTUALS, http_method_names=["patch"], change="change_values"
)

lists = [
    *creating_paths(resources.SAMPLES, sample_acts.RECEIVE),
    *creating_paths(resources.BOTTLES, sample_acts.RECEIVE_BOTTLE),
    *creating_paths(resources.PRECURSORS, stock_acts.PREPARE),
    *creating_paths(resources.SPECIMENS, sample_acts.MAKE_SPECIMENS),
    *creating_paths(resources.SYNTHESES, synthesis_acts.PLAN),
    *list_paths(resources.PROCESSES),
    *list_paths(resources.SEARCH),
    *creating_paths(belongings.PLACES, stock_acts.ADD_PLACE),
    *creating_paths(belongings.EQUIPMENT, stock_acts.ADD_EQUIPMENT),
    *list_paths(belongings.RECIPES),
    *list_paths(belongings.LABELS),
    *list_paths(belongings.RECIPE_VERSIONS, "recipes/<str:key>/versions"),
    *list_paths(belongings.LEDGER, f"{SAMPLE}/ledger"),
    *list_paths(belongings.MOVES, f"{SAMPLE}/moves"),
    *(
        one
        for resource, history in belongings.HISTORIES
        for one in list_paths(history, f"{resource.name}/<str:key>/history")
    ),
]
many = [act_path("samples/move", sample_acts.MOVE_MANY), act_path("samples/pool", sample_acts.POOL)]
records = [
    detail_path(resources.SAMPLES, EditableView, edit=sample_acts.EDIT_SAMPLE),
    detail_path(resources.BOTTLES, EditableView, edit=sample_acts.EDIT_SAMPLE),
    detail_path(resources.PRECURSORS, EditableView, edit=sample_acts.EDIT_SAMPLE),
    detail_path(resources.SPECIMENS, EditableView, edit=sample_acts.EDIT_SAMPLE),
    detail_path(resources.SYNTHESES, EditableView, edit=synthesis_acts.EDIT_SYNTHESIS),
    detail_path(resources.PROCESSES, EditableView, edit=synthesis_acts.EDIT_PROCESS),
    detail_path(belongings.PLACES, EditableView, edit=stock_acts.EDIT_PLACE, writes="manage"),
    detail_path(belongings.EQUIPMENT, EditableView, edit=stock_acts.EDIT_EQUIPMENT, writes="manage"),
    detail_path(belongings.RECIPES, EditableView, edit=stock_acts.EDIT_RECIPE),
]
lineage = [
    path(f"{SAMPLE}/ancestors", LineageView.as_view(is_up=True), name="api_ancestors"),
    path(f"{SAMPLE}/ancestors.<str:format>", LineageView.as_view(is_up=True), name="api_ancestors_as"),
    path(f"{SAMPLE}/descendants", LineageView.as_view(is_up=False), name="api_descendants"),
    path(f"{SAMPLE}/descendants.<str:format>", LineageView.as_view(is_up=False), name="api_descendants_as"),
    path(f"{SAMPLE}/statement", StatementView.as_view(), name="api_statement"),
]
acts = [
    *(act_path(f"{SAMPLE}/{name}", act) for name, act in sample_acts.SAMPLE_ACTS.items()),
    act_path(f"{SAMPLE}/label", sample_acts.LABEL),
    act_path(f"{SAMPLE}/dispense", sample_acts.DISPENSE),
    act_path(f"{SAMPLE}/clean-up-spin", sample_acts.SPIN),
    *(act_path(f"{SYNTHESIS}/{name}", act) for name, act in synthesis_acts.SYNTHESIS_ACTS.items()),
    act_path(f"{PROCESS}/value", synthesis_acts.RECORD_VALUE),
    act_path(f"{PROCESS}/step", synthesis_acts.DO_STEP),
    act_path("labels/remove", sample_acts.REMOVE_LABELS),
    act_path(f"{PROCESS}/replace-input", stock_acts.REPLACE_INPUT),
    path(f"{PROCESS}/values", VALUES, name="api_process_values"),
    path("import", stock_acts.ImportView.as_view(), name="api_import"),
]  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("labbook.api.urls")), *many, *lists, *records, *lineage, *acts,
]  # fmt: skip
