"""Makes labs and people for tests; records are made through the services, as people make them."""

from labbook.models import Lab, Membership, User
from labbook.roles import Role


def make_lab(name: str) -> Lab:
    """Make a lab whose slug follows from its name."""
    return Lab.objects.create(name=name, slug=name.lower().replace(" ", "-"))


def make_person(lab: Lab, initials: str, role: Role) -> User:
    """Make a member of a lab who has no password and an address that follows from the initials."""
    user = User.objects.create_user(f"{initials.lower()}@{lab.slug}.example", name=initials)
    Membership.objects.create(lab=lab, user=user, role=role, initials=initials)
    return user
