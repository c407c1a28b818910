"""Addresses of stock, precursors, places, equipment and recipes."""

from django.urls import URLPattern, URLResolver, path

from samples.views import equipment, places, precursors, recipes, stock

urlpatterns: list[URLPattern | URLResolver] = [
    path("stock/", stock.stock_list, name="stock_list"),
    path("stock/new/", stock.bottle_new, name="bottle_new"),
    path("stock/<str:code>/", stock.bottle_detail, name="bottle_detail"),
    path("stock/<str:code>/edit/", stock.bottle_edit, name="bottle_edit"),
    path("precursors/", precursors.precursor_list, name="precursor_list"),
    path("precursors/new/", precursors.precursor_new, name="precursor_new"),
    path("precursors/<str:code>/", precursors.precursor_detail, name="precursor_detail"),
    path("precursors/<str:code>/values/", precursors.precursor_values, name="precursor_values"),
    path("recipes/", recipes.recipe_list, name="recipe_list"),
    path("recipes/<slug:slug>/", recipes.recipe_detail, name="recipe_detail"),
    path("recipes/<slug:slug>/edit/", recipes.recipe_edit, name="recipe_edit"),
    path("places/", places.place_list, name="place_list"),
    path("places/new/", places.place_new, name="place_new"),
    path("places/<int:place_id>/", places.place_edit, name="place_edit"),
    path("equipment/", equipment.equipment_list, name="equipment_list"),
    path("equipment/new/", equipment.equipment_new, name="equipment_new"),
    path("equipment/<int:equipment_id>/", equipment.equipment_edit, name="equipment_edit"),
]
