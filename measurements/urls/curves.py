"""Addresses of curves: their numbers, overlays and figures."""

from django.urls import URLPattern, URLResolver, path, re_path

from measurements.curves.presets import FORMATS
from measurements.views import curves, figures, maps, overlay

urlpatterns: list[URLPattern | URLResolver] = [
    path("plot/data", curves.plot_data, name="plot_data"),
    re_path(r"^plot/table-(?P<shape>wide|long)\.csv$", curves.plot_table, name="plot_table"),
    path("overlay", overlay.overlay, name="overlay"),
    re_path(r"^overlay/figure\.(?P<format>svg|pdf|png)$", figures.overlay_figure, name="overlay_figure"),
    path("curves/<int:curve_id>", maps.curve_detail, name="curve_detail"),
    path("curves/<int:curve_id>/map.bin", maps.map_numbers, name="map_numbers"),
    path("curves/<int:curve_id>/map.png", maps.map_picture, name="map_picture"),
    *(
        path(f"curves/<int:curve_id>/figure.{one}", maps.map_figure, {"format": one}, name=f"map_figure_{one}")
        for one in FORMATS
    ),
]
