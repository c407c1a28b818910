"""People of a lab: inviting, roles and initials, leaving; the last owner stays."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower

from labbook.errors import Refusal
from labbook.journal import Change, journal_of
from labbook.models import Lab, Membership, User
from labbook.models.people import MembershipQuerySet
from labbook.queries.people import membership_of
from labbook.roles import Role, may
from labbook.services.sign_in_links import make_sign_in_link
from labbook.services.versions import check_unchanged


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new membership, and the one-time token that lets a person without any account in."""

    membership: Membership
    token: str | None


def invite_person(*, lab: Lab, email: str, name: str, initials: str, role: int, by: User) -> Invitation:
    """Make a person a member of the lab; somebody new also gets a one-time sign-in link.

    Raises Refusal("email" | "initials" | "role").
    """
    address = checked_address(email)
    with journal_of(lab, by=by) as journal:
        check_may_give(lab, role, by)
        initials = checked_initials(lab, initials)
        user = User.objects.filter(email=address).first() or User.objects.create_user(address, name=name.strip())
        if Membership.objects.filter(lab=lab, user=user).exists():
            raise Refusal("This person already belongs to the lab.", field="email")
        membership = Membership.objects.create(lab=lab, user=user, role=role, initials=initials)
        journal.created(membership, name=user.name, role=Role(role).label, initials=initials)
        token = make_sign_in_link(user=user) if may_be_let_in(membership) else None
    return Invitation(membership, token)


def let_in_again(*, membership: Membership, by: User) -> str:
    """Make another one-time link for an invited person who has never signed in, and return its token.

    Raises Refusal for anybody else: a link for a known person would let its maker act in their name.
    """
    if not may_be_let_in(membership):
        raise Refusal("This person already has a way to sign in. A new password is sent by e-mail.")
    with journal_of(membership.lab, by=by) as journal:
        journal.changed(membership, "made a sign-in link", {})
        return make_sign_in_link(user=membership.user)


def may_be_let_in(membership: Membership) -> bool:
    """Say whether a link may be shown: the person has never signed in and belongs to this lab alone."""
    user = membership.user
    is_new = user.last_login is None and not user.has_usable_password() and not user.is_staff
    return is_new and not Membership.objects.filter(user=user).exclude(lab=membership.lab_id).exists()


def change_member(*, membership: Membership, role: int, initials: str, is_active: bool, token: str, by: User) -> None:
    """Change a member's role and initials, or let them leave or come back.

    Raises Refusal when a manager touches an owner, when the last owner would go, or on taken initials.
    """
    with journal_of(membership.lab, by=by) as journal:
        # Every owner's row is locked, so that two owners cannot make each other the last one to leave.
        owners = list(owners_of(membership.lab).select_for_update().order_by("pk"))
        membership = Membership.objects.select_for_update().get(pk=membership.pk)
        check_unchanged(membership, token)
        check_may_change(membership, role, by)
        if [one.pk for one in owners] == [membership.pk] and not (is_active and role == Role.OWNER):
            raise Refusal("The last owner stays. Make somebody else an owner first.", field="role")
        if initials.strip() != membership.initials:
            initials = checked_initials(membership.lab, initials, other_than=membership)
        changes: dict[str, Change] = {
            "role": (Role(membership.role).label, Role(role).label),
            "initials": (membership.initials, initials),
            "is_active": (membership.is_active, is_active),
        }
        membership.role, membership.initials, membership.is_active = role, initials, is_active
        membership.version += 1
        membership.save()
        journal.changed(membership, "changed", changes)


def owners_of(lab: Lab) -> MembershipQuerySet:
    """Return the memberships of a lab's active owners."""
    return Membership.objects.filter(lab=lab, role=Role.OWNER, is_active=True, user__is_active=True)


def check_may_give(lab: Lab, role: int, by: User) -> None:
    """Refuse a role that this person may not give: only an owner makes owners."""
    own = membership_of(by, lab)
    if role not in Role.values:
        raise Refusal("Choose a role.", field="role")
    if own is None or not may(own.role, "manage"):
        raise Refusal("A manager of the lab invites and changes people.")
    if role == Role.OWNER and not may(own.role, "own"):
        raise Refusal("Only an owner can make somebody an owner.", field="role")


def check_may_change(membership: Membership, role: int, by: User) -> None:
    """Refuse a change of an owner by anybody who is none."""
    check_may_give(membership.lab, role, by)
    own = membership_of(by, membership.lab)
    if membership.role == Role.OWNER and own and own.role < Role.OWNER:
        raise Refusal("Only an owner can change an owner.", field="role")


def checked_address(email: str) -> str:
    """Return an e-mail address as it is kept: lower case."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refusal("This is not an e-mail address.", field="email") from error
    return address


def checked_initials(lab: Lab, initials: str, *, other_than: Membership | None = None) -> str:
    """Return initials that nobody else of the lab signs with, whatever the case."""
    initials = initials.strip()
    if not initials or len(initials) > 8 or not initials.isalnum():
        raise Refusal("Initials are one to eight letters or digits.", field="initials")
    taken = Membership.objects.filter(lab=lab).alias(low=Lower("initials")).filter(low=initials.lower())
    if (taken.exclude(pk=other_than.pk) if other_than else taken).exists():
        raise Refusal(f"{initials} is already used in this lab.", field="initials")
    return initials
