from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest


class MemberRequest(HttpRequest):
    """A request behind the sign-in: who asks is known."""

    user: AbstractBaseUser  # type: ignore[assignment]
