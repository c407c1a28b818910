"""Upload-only links of instrument computers: made, shown once, revoked."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.journal import journal_of
from measurements.forms.upload_tokens import UploadTokenForm
from measurements.models import UploadToken
from measurements.services.tokens import make_upload_token, revoke_upload_token


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def upload_token_list(request: LabRequest) -> HttpResponse:
    form = UploadTokenForm(request.POST or None, user=request.user, lab=request.lab)
    if request.method != "POST":
        return page(request, form)
    return answer_once(request, lambda: make(request, form))


def make(request: LabRequest, form: UploadTokenForm) -> HttpResponse:
    """Make a link and show it the only time; a page with a secret is kept nowhere."""
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        with journal_of(request.lab, by=request.user) as journal:
            _, secret = make_upload_token(
                journal, title=form.cleaned_data["title"], instrument=form.cleaned_data["instrument"]
            )
    except Refusal as refusal:
        attach_refusal(form, refusal)
        return page(request, form, status=422)
    return page(request, UploadTokenForm(user=request.user, lab=request.lab), secret=secret)


def page(request: LabRequest, form: forms.Form, *, secret: str = "", status: int = 200) -> HttpResponse:
    """Show the links of the lab, and a new one's secret."""
    tokens = UploadToken.objects.visible_to(request.user).filter(lab=request.lab)
    context = {
        "form": form,
        "tokens": tokens.select_related("instrument", "created_by").order_by("-pk"),
        "secret": secret,
        "link": request.build_absolute_uri(reverse("upload_link", args=[secret])) if secret else "",
    }
    return render(request, "measurements/upload_token_list.html", context, status=status)


@lab_view("manage")
@require_POST
def upload_token_revoke(request: LabRequest, token_id: int) -> HttpResponse:
    token = find(request, UploadToken.objects, pk=token_id)

    def write() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            revoke_upload_token(journal, token=token)
        messages.success(request, f"{token.title} can send no more files.")
        return redirect("upload_token_list")

    return answer_once(request, write)
