"""Addresses of the API of the analysis floor.

/api/v1/fits  results  values  measurements/<id>/analyse  series/<id>/fit-all
"""

from django.urls import URLPattern, URLResolver

from analysis.api import fits

urlpatterns: list[URLPattern | URLResolver] = [*fits.urlpatterns]
