"""The words of notifications of this app. What its reader may not see any more is left out."""

from collections.abc import Callable, Mapping, Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext as _

from connections.models import Comment, PersonFollow
from connections.querysets import PersonFollowQuerySet
from notifications.models import Notification
from notifications.registry import Line

Told = Mapping[int, Line]


def new_follower(person: AbstractBaseUser, notifications: Sequence[Notification]) -> Told:
    followers = PersonFollow.objects.followers_of(person)
    return _of_followers(followers, notifications, lambda name: _("%(name)s follows you.") % {"name": name})


def follow_asked(person: AbstractBaseUser, notifications: Sequence[Notification]) -> Told:
    waiting = PersonFollow.objects.waiting_for(person)
    return _of_followers(
        waiting, notifications, lambda name: _("%(name)s asks to follow you.") % {"name": name}
    )


def follow_accepted(person: AbstractBaseUser, notifications: Sequence[Notification]) -> Told:
    """Only while the profile of who accepted is open to who asked."""
    actors = [one.actor_id for one in notifications]
    rows = PersonFollow.objects.of(person).visible_to(person).filter(followed__in=actors)
    profiles = {row.followed_id: row.followed.profile for row in rows.select_related("followed__profile")}
    return {
        one.pk: Line(
            _("%(name)s lets you follow them.") % {"name": profiles[one.actor_id]},
            reverse("sharing:profile", args=[profiles[one.actor_id].handle]),
        )
        for one in notifications
        if one.actor_id in profiles
    }


def comment(person: AbstractBaseUser, notifications: Sequence[Notification]) -> Told:
    """Only while the comment can be read under a badge of the gallery."""
    readable = Comment.objects.shown().readable_by(person).select_related("badge_class", "author__profile")
    subjects = {one.subject for one in notifications}
    comments = {
        str(found.uid): found for found in readable.filter(uid__in=subjects) if found.badge_class.in_gallery
    }
    return {one.pk: _line_of(comments[one.subject]) for one in notifications if one.subject in comments}


def _line_of(found: Comment) -> Line:
    names = {"name": found.author.name or _("A member"), "badge": found.badge_class.name}
    text = _("%(name)s has commented on “%(badge)s”.") % names
    return Line(text, f"{found.badge_class.get_absolute_url()}#commentaires")


def _of_followers(
    follows: PersonFollowQuerySet, notifications: Sequence[Notification], say: Callable[[str], str]
) -> Told:
    actors = [one.actor_id for one in notifications]
    rows = follows.filter(follower__in=actors).select_related("follower__profile")
    names = {row.follower_id: row.follower.name or _("A member") for row in rows}
    url = reverse("connections:followers")
    return {one.pk: Line(say(names[one.actor_id]), url) for one in notifications if one.actor_id in names}
