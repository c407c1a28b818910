"""Addresses of the API of the analysis floor.

/api/v1/fits  results  values  measurements/<id>/analyse  series/<id>/fit-all
/api/v1/tables  figures  series/<id>/table  series/<id>/figure
"""

from django.urls import URLPattern, URLResolver

from analysis.api import fits, publishing

urlpatterns: list[URLPattern | URLResolver] = [*fits.urlpatterns, *publishing.urlpatterns]
