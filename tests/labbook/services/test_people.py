"""Who may invite and change whom; the last owner stays; a link never opens somebody else's account."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.utils import timezone

from labbook.errors import Refusal
from labbook.models import Lab, Membership, Revision, SignInLink, User
from labbook.roles import Role
from labbook.services.people import change_member, invite_person, let_in_again
from labbook.services.versions import version_token
from tests.making import make_person


def invite(
    lab: Lab, by: User, email: str = "new@example.org", initials: str = "NN", role: int = Role.MEMBER
) -> str | None:
    return invite_person(lab=lab, email=email, name="New", initials=initials, role=role, by=by).token


def change(user: User, by: User, *, role: int, initials: str = "", is_active: bool = True) -> None:
    membership = user.memberships.get()
    change_member(
        membership=membership, role=role, initials=initials or membership.initials, is_active=is_active,
        token=version_token(membership), by=by,
    )  # fmt: skip


def test_somebody_new_gets_a_link_and_a_line_in_the_history(lab: Lab, manager: User) -> None:
    token = invite(lab, manager, email=" New@Example.org ")

    membership = Membership.objects.get(user__email="new@example.org")
    assert token
    assert not membership.user.has_usable_password()
    assert Revision.objects.get().changes["role"] == [None, "member"]


def test_somebody_of_another_lab_is_invited_without_a_link(lab: Lab, manager: User, stranger: User) -> None:
    assert invite(lab, manager, email=stranger.email) is None
    assert not SignInLink.objects.exists()


def test_a_link_is_not_made_again_for_somebody_who_has_signed_in(lab: Lab, manager: User, member: User) -> None:
    member.last_login = timezone.now()
    member.save()

    with pytest.raises(Refusal, match="already has a way"):
        let_in_again(membership=member.memberships.get(), by=manager)


@pytest.mark.parametrize(
    ("email", "initials", "role", "field"),
    [
        ("no address", "NN", Role.MEMBER, "email"),
        ("new@example.org", "lm", Role.MEMBER, "initials"),
        ("new@example.org", "<b>", Role.MEMBER, "initials"),
        ("new@example.org", "NN", 99, "role"),
        ("new@example.org", "NN", Role.OWNER, "role"),
    ],
)
def test_a_bad_invitation_is_refused_at_its_field(
    lab: Lab, manager: User, member: User, email: str, initials: str, role: int, field: str
) -> None:
    before = User.objects.count()

    with pytest.raises(Refusal) as caught:
        invite(lab, manager, email, initials, role)

    assert caught.value.field == field
    assert User.objects.count() == before


def test_a_member_invites_nobody(lab: Lab, member: User) -> None:
    with pytest.raises(Refusal, match="manager"):
        invite(lab, member)


def test_twice_the_same_person_is_refused(lab: Lab, manager: User, member: User) -> None:
    with pytest.raises(Refusal, match="already belongs"):
        invite(lab, manager, email=member.email)


def test_a_manager_neither_makes_nor_changes_an_owner(manager: User, owner: User, member: User) -> None:
    with pytest.raises(Refusal, match="Only an owner"):
        change(member, manager, role=Role.OWNER)
    with pytest.raises(Refusal, match="Only an owner"):
        change(owner, manager, role=Role.MEMBER)


def test_the_last_owner_neither_leaves_nor_steps_down(owner: User) -> None:
    for role, is_active in ((Role.MEMBER, True), (Role.OWNER, False)):
        with pytest.raises(Refusal, match="last owner"):
            change(owner, owner, role=role, is_active=is_active)


def test_an_owner_leaves_once_there_is_another(lab: Lab, owner: User, manager: User) -> None:
    change(manager, owner, role=Role.OWNER)
    change(owner, manager, role=Role.OWNER, is_active=False)

    assert not Lab.objects.visible_to(owner).exists()


def test_a_member_who_was_changed_meanwhile_is_not_overwritten(owner: User, member: User) -> None:
    membership = member.memberships.get()
    token = version_token(membership)
    change(member, owner, role=Role.MANAGER)

    with pytest.raises(Refusal, match="changed meanwhile"):
        change_member(membership=membership, role=Role.GUEST, initials="LM", is_active=True, token=token, by=owner)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one(lab: Lab, owner: User) -> None:
    second = make_person(lab, "BB", Role.OWNER)

    def leave(user: User) -> None:
        try:
            change(user, user, role=Role.OWNER, is_active=False)
        except Refusal:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(leave, [owner, second]))

    assert Membership.objects.filter(lab=lab, role=Role.OWNER, is_active=True).count() == 1
