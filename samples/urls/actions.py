"""Addresses of what people do with samples: specimens, use, treat, pool, receive."""

from django.urls import URLPattern, URLResolver, path

from samples.views.actions import ACTIONS, sample_action
from samples.views.receiving import sample_receive, samples_pool
from samples.views.specimens import specimen_new

urlpatterns: list[URLPattern | URLResolver] = [
    path("specimens/new/", specimen_new, name="specimen_new"),
    path("samples/receive/", sample_receive, name="sample_receive"),
    path("samples/pool/", samples_pool, name="samples_pool"),
    *(
        path(f"s/<str:code>/{name}/", sample_action, {"action": name}, name=f"sample_{name.replace('-', '_')}")
        for name in ACTIONS
    ),
]
