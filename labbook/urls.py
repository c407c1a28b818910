"""Every address of the notebook; upper floors are named as strings only."""

from django.urls import URLPattern, URLResolver, include, path

from labbook.views import coming
from labbook.views.sign_in import sign_in_link

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
    path("accounts/", include("allauth.account.urls")),
    path("measurements/", coming.measurement_list, name="measurement_list"),
    path("figures/", coming.figure_list, name="figure_list"),
    path("storage/", coming.storage_map, name="storage_map"),
]
