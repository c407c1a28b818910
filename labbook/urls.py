"""Every address of the notebook; upper floors are named as strings only."""

from django.urls import URLPattern, URLResolver, path

from labbook.views.sign_in import sign_in_link

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
]
