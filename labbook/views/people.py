"""People of the lab: the list, invitations, and changes of one member."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Refusal
from labbook.forms.people import InviteForm, LabForm, MemberForm
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.models import Membership
from labbook.queries.drafts import draft_data
from labbook.queries.people import members_of
from labbook.roles import may
from labbook.services.labs import change_lab
from labbook.services.people import Invitation, change_member, invite_person, let_in_again, may_be_let_in
from labbook.views.conflicts import refusal_page


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def people_list(request: LabRequest) -> HttpResponse:
    members = members_of(request.lab, seen_by=request.user)
    context = {"members": members, "may_manage": may(request.membership.role, "manage")}
    return render(request, "labbook/people_list.html", context)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: LabRequest) -> HttpResponse:
    form = InviteForm(request.POST or draft_data(request) or None, most=request.membership.role)

    def write() -> HttpResponse:
        if not form.is_valid():
            return invite_page(request, form, status=422)
        try:
            invitation = invite_person(lab=request.lab, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return invite_page(request, form, status=422)
        return invited(request, invitation)

    return answer_once(request, write) if request.method == "POST" else invite_page(request, form)


def invite_page(request: LabRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    return render(request, "labbook/person_invite.html", {"form": form}, status=status)


def invited(request: LabRequest, invitation: Invitation) -> HttpResponse:
    """Show the one-time link on the page that follows; somebody with an account needs none."""
    membership = invitation.membership
    if invitation.token is None:
        messages.success(request, f"{membership.initials} belongs to the lab now and signs in as before.")
        return redirect("people_list")
    return show_link(request, membership, invitation.token)


def show_link(request: LabRequest, membership: Membership, token: str) -> HttpResponse:
    """Keep the link in the session until the next page shows it once."""
    request.session["new_link"] = {"initials": membership.initials, "email": membership.user.email, "token": token}
    return redirect("person_link")


@lab_view("manage")
@require_http_methods(["GET", "HEAD"])
def person_link(request: LabRequest) -> HttpResponse:
    link = request.session.pop("new_link", None)
    if link is None:
        return redirect("people_list")
    address = request.build_absolute_uri(reverse("sign_in_link", args=[link["token"]]))
    answer = render(request, "labbook/person_link.html", {"link": link, "address": address})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@lab_view("manage")
@require_POST
def person_link_again(request: LabRequest, membership_id: int) -> HttpResponse:
    membership = find(request, Membership.objects, pk=membership_id)
    try:
        token = let_in_again(membership=membership, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("person_edit", membership_id)
    return show_link(request, membership, token)


@lab_view("manage")
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: LabRequest, membership_id: int) -> HttpResponse:
    membership = find(request, Membership.objects.select_related("user"), pk=membership_id)
    told = {"role": membership.role, "initials": membership.initials, "is_active": membership.is_active}
    form = MemberForm(request.POST or draft_data(request) or None, initial=told)

    def page(status: int = 200) -> HttpResponse:
        context = {"form": form, "member": membership, "may_be_let_in": may_be_let_in(membership)}
        return render(request, "labbook/person_edit.html", context, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        token = request.POST.get("version", "")
        try:
            change_member(membership=membership, token=token, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return page(422)
        messages.success(request, f"{membership.initials} is saved.")
        return redirect("people_list")

    return answer_once(request, write) if request.method == "POST" else page()


@lab_view("own")
@require_http_methods(["GET", "HEAD", "POST"])
def lab_settings(request: LabRequest) -> HttpResponse:
    lab = request.lab
    form = LabForm(request.POST or draft_data(request) or None, initial={"name": lab.name, "time_zone": lab.time_zone})

    def page(status: int = 200) -> HttpResponse:
        return render(request, "labbook/lab_settings.html", {"form": form, "record": lab}, status=status)

    def write() -> HttpResponse:
        if not form.is_valid():
            return page(422)
        try:
            change_lab(lab=lab, changes=form.cleaned_data, token=request.POST.get("version", ""), by=request.user)
        except Refusal as refusal:
            return refusal_page(request, refusal, form, lab, page)
        messages.success(request, "The lab is saved.")
        return redirect("lab_settings")

    return answer_once(request, write) if request.method == "POST" else page()
