import uuid

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.profile import Profile
from passport.lib.folding import fold_address


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=fold_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """For `createsuperuser`: whoever holds the command line vouches for the address."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        apps.get_model("account", "EmailAddress").objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
        Profile.objects.create(user=user)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=fold_address(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Its addresses are allauth's `EmailAddress` rows; `email` is the primary one."""

    uid = models.UUIDField(_("public identifier"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined on"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_without_case",
                violation_error_message=_("An account already has this address."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def name(self) -> str:
        """The name that this person chose, or nothing: an address is never shown in its place."""
        return self.profile.name
