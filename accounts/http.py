from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """A request behind the sign-in: for the type checker, `user` is a person."""

    user: User
