"""The address printed on a label: from a tag to the page of its record."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse
from django.views.decorators.http import require_safe

from labbook.models import Membership, User
from labbook.queries.tags import tagged

# Record type → the name of its page; the upper floors own the pages.
PAGES = {"sample": "sample_detail", "synthesis": "synthesis_detail"}


@login_required
@require_safe
def tag_resolver(request: HttpRequest, tag: str) -> HttpResponse:
    user = cast(User, request.user)
    found = tagged(tag, seen_by=user)
    if found is None or found.record_type not in PAGES:
        raise Http404("This tag is not ours, or its record is retired.")
    address = reverse(PAGES[found.record_type], args=[found.code])
    if Membership.objects.filter(user=user, is_active=True).count() > 1:
        prefix = get_script_prefix()
        address = f"{prefix}{found.lab.slug}/{address.removeprefix(prefix)}"
    return redirect(address)
