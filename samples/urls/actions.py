"""Addresses of what people do with samples: specimens, use, treat, pool, receive."""

from django.urls import URLPattern, URLResolver, path

from samples.views.actions import ACTIONS, sample_action
from samples.views.labels import label_list, label_remove
from samples.views.moving import samples_move
from samples.views.receiving import sample_receive, samples_pool
from samples.views.specimens import specimen_new

urlpatterns: list[URLPattern | URLResolver] = [
    path("specimens/new/", specimen_new, name="specimen_new"),
    path("samples/receive/", sample_receive, name="sample_receive"),
    path("samples/pool/", samples_pool, name="samples_pool"),
    path("samples/move/", samples_move, name="samples_move"),
    path("labels/", label_list, name="label_list"),
    path("labels/remove/", label_remove, name="label_remove"),
    *(
        path(f"s/<str:code>/{name}/", sample_action, {"action": name}, name=f"sample_{name.replace('-', '_')}")
        for name in ACTIONS
    ),
]
