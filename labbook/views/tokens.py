"""API tokens of a person: made and shown once, listed, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from labbook.forms.tokens import TokenForm
from labbook.http import LabRequest, lab_view
from labbook.services.tokens import make_token

MOST_TOKENS = 20


@lab_view("read")
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: LabRequest) -> HttpResponse:
    """List the person's tokens; a POST makes one, which this answer alone shows."""
    form = TokenForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    mine = request.user.auth_token_set
    if mine.count() >= MOST_TOKENS:
        form.add_error(None, f"You have {MOST_TOKENS} tokens. Take one back before you make another.")
    if not form.is_valid():
        return _page(request, form, status=422)
    # Not answered once per key like other forms: the kept answer would hold the token in the open.
    token = make_token(user=request.user, lasts=form.cleaned_data["lasts"])
    return _page(request, TokenForm(), token=token)


@lab_view("read")
@require_POST
def token_revoke(request: LabRequest, token_key: str) -> HttpResponse:
    """Take one of the person's own tokens back."""
    gone, _ = request.user.auth_token_set.filter(token_key=token_key).delete()
    if gone:
        messages.success(request, "The token is taken back; nothing can use it any more.")
    else:
        messages.error(request, "You have no such token.")
    return redirect("token_list")


def _page(request: LabRequest, form: TokenForm, *, token: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "tokens": request.user.auth_token_set.order_by("-created"),
        "token": token,
        "address": request.build_absolute_uri("/api/v1/"),
    }
    answer = render(request, "labbook/token_list.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
