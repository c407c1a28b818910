"""Who belongs to a lab, and what they are called there."""

from labbook.models import Lab, Membership, User
from labbook.models.people import MembershipQuerySet, Viewer


def members_of(lab: Lab, *, seen_by: Viewer) -> MembershipQuerySet:
    """Return a lab's memberships with their people: the active first, then by role and initials."""
    mine = Membership.objects.visible_to(seen_by).filter(lab=lab)
    return mine.select_related("user", "lab").order_by("-is_active", "-role", "initials")


def membership_of(user: User, lab: Lab) -> Membership | None:
    """Return a person's active membership of a lab."""
    return Membership.objects.filter(user=user, lab=lab, is_active=True).first()


def initials_in(lab: Lab) -> dict[int, str]:
    """Return the initials of everybody who ever belonged to the lab, by the person's id."""
    return dict(Membership.objects.filter(lab=lab).values_list("user_id", "initials"))
