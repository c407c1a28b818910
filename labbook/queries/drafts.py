"""Finding what a person typed earlier and has not saved."""

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from labbook.models import Draft, User

# Set on a request whose view has put the draft back into its form.
RESTORED = "labbook.draft_is_restored"


def form_address(request: HttpRequest) -> str:
    """Return the address that names a form and its record: the path with its query, without `draft`."""
    query = request.GET.copy()
    query.pop("draft", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def draft_of(request: HttpRequest) -> Draft | None:
    """Return the person's draft of the form at this address."""
    if not isinstance(request.user, User):
        return None
    return Draft.objects.filter(user=request.user, form=form_address(request)[:200]).first()


def draft_data(request: HttpRequest) -> QueryDict | None:
    """Return a draft as a form's data when the person asked for it with `?draft=1`, else None.

    A view binds it in place of the POST: `SampleForm(request.POST or draft_data(request) or None)`.
    """
    draft = draft_of(request) if request.method == "GET" and request.GET.get("draft") else None
    if draft is None:
        return None
    request.META[RESTORED] = True
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def drafts_of(user: User) -> QuerySet[Draft]:
    """Return a person's drafts, newest first."""
    return Draft.objects.filter(user=user).order_by("-saved_at")
