"""Those who work with Helpline: organisations and users."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import Language, Role
from cases.models.base import Record, code_field, codes_field, only_code_lists, only_codes
from cases.rules import RULES
from cases.vault import DataKey, SealedTextField


class Organisation(Record):
    """The helpline itself or a partner organisation (lawyers, an NGO) that cases may be referred to."""

    noun = "organisation"

    name = models.CharField(max_length=120, unique=True)
    is_partner = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    regions = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    languages = codes_field(Language)

    class Meta:
        ordering = ("name",)
        constraints = only_code_lists("organisation", languages=Language)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users; handles are kept in lower case, so that nobody is locked out by a capital letter."""

    def create_user(self, handle: str, role: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; without a password they cannot sign in (service users, `system`)."""
        user = self.model(handle=handle.lower(), role=role, data_key=DataKey.objects.create_new(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(handle=(username or "").lower())

    def workers(self) -> "models.QuerySet[User]":
        """Those who may hold cases and promises."""
        return self.filter(is_active=True, role__in=list(RULES["hold case"]))

    def system(self) -> "User":
        """The user the clock and the importers act as."""
        try:
            return self.get(handle="system")
        except self.model.DoesNotExist:
            return self.create_user("system", Role.SYSTEM)


class User(AbstractBaseUser):
    """Somebody who signs in, or the service user a client acts as. A handle, never a real name."""

    noun = "user"

    id = Record._meta.get_field("id").clone()
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+", editable=False)
    handle = models.SlugField(max_length=40, unique=True)
    role = code_field(Role)
    regions = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    languages = codes_field(Language)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="users"
    )
    email_address = SealedTextField(pad=64, max_length=254, null=True, blank=True)
    interface_language = models.CharField(max_length=8, default="ru")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS = ["role"]

    class Meta:
        ordering = ("handle",)
        constraints = [
            *only_codes("user", role=Role),
            *only_code_lists("user", languages=Language),
            models.CheckConstraint(
                condition=~Q(role=Role.PARTNER) | Q(organisation__isnull=False),
                name="user_partner_has_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.handle

    def sealing_key(self) -> DataKey:
        return self.data_key
