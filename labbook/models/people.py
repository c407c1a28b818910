"""People, the labs they belong to, and the restricted projects inside a lab."""

from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from labbook.roles import Role


class UserManager(BaseUserManager["User"]):
    """Makes people from an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new person; without a password only a one-time link signs them in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new person who may also run the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email


Viewer = User | AnonymousUser


class LabQuerySet(models.QuerySet["Lab"]):
    """Labs, as seen by a person."""

    def visible_to(self, user: Viewer) -> Self:
        """Keep the labs in which this person has any role."""
        return self.filter(memberships__user_id=user.pk, memberships__is_active=True) if user.pk else self.none()


class Lab(models.Model):
    """A group that shares codes, stock, places and a history."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True)
    time_zone = models.CharField(max_length=60, default="Europe/Rome")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = LabQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the lab's days begin and end."""
        return ZoneInfo(self.time_zone)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, as seen by a person."""

    def visible_to(self, user: Viewer) -> Self:
        """Keep the memberships of the labs in which this person has any role."""
        return self.filter(lab__in=Lab.objects.visible_to(user))


class Membership(models.Model):
    """A person's role in a lab, and the initials they sign records with."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role.choices, default=Role.MEMBER)
    initials = models.CharField(max_length=8)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("lab", "user", name="one_membership_per_person"),
            models.UniqueConstraint("lab", Lower("initials"), name="initials_once_per_lab"),
        ]

    def __str__(self) -> str:
        return self.initials


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects, as seen by a person."""

    def visible_to(self, user: Viewer) -> Self:
        """Keep the open projects of the person's labs and the restricted ones they are a member of."""
        if not user.pk:
            return self.none()
        theirs = models.Q(is_restricted=False) | models.Q(members=user)
        return self.filter(theirs, lab__in=Lab.objects.visible_to(user)).distinct()


class Project(models.Model):
    """A body of work inside a lab; a restricted one is seen by its members only."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="projects")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40)
    is_restricted = models.BooleanField(default=False)
    members = models.ManyToManyField(User, related_name="projects", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "slug", name="project_slug_once_per_lab")]

    def __str__(self) -> str:
        return self.name


class SignInLink(models.Model):
    """A one-time link that signs a person in; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
