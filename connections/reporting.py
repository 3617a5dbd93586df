"""What of this app and of those below can be told of (« Signaler »)."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Profile, User
from badges import access as badges
from connections import access
from connections.models import Comment, Recognition
from connections.registry import Reportable, Subject


def profile(viewer: User, subject: str) -> Subject:
    found = access.profile_of_another(viewer, access.identifier(subject))
    return Subject(
        str(found.user.uid), str(found), reverse("sharing:profile", args=[found.handle]), found.user
    )


def profile_address(subject: str) -> str:
    handle = Profile.objects.filter(user__uid=subject).values_list("handle", flat=True).first()
    return reverse("sharing:profile", args=[handle]) if handle else ""


def comment(viewer: User, subject: str) -> Subject:
    found = access.comment_for_reader(viewer, access.identifier(subject))
    name = found.author.name or _("A member")
    label = _("%(name)s: %(text)s") % {"name": name, "text": found.text}
    return Subject(
        str(found.uid), label, f"{found.badge_class.get_absolute_url()}#commentaires", found.author
    )


def comment_address(subject: str) -> str:
    """Its row in the administration, which shows it hidden or not."""
    pk = Comment.objects.filter(uid=subject).values_list("pk", flat=True).first()
    return reverse("admin:connections_comment_change", args=[pk]) if pk else ""


def recognition(viewer: User, subject: str) -> Subject:
    found = access.recognition_for_reader(viewer, access.identifier(subject))
    label = _("%(name)s: %(text)s") % {"name": found.author_name, "text": found.text}
    if found.assertion:
        url = reverse("sharing:badge", args=[found.assertion.uid])
    else:
        url = reverse("sharing:profile", args=[found.holder.profile.handle])
    return Subject(str(found.uid), label, url, found.author)


def recognition_address(subject: str) -> str:
    """Its row in the administration, where it can be hidden."""
    pk = Recognition.objects.filter(uid=subject, shown=True).values_list("pk", flat=True).first()
    return reverse("admin:connections_recognition_change", args=[pk]) if pk else ""


def badge(viewer: User, subject: str) -> Subject:
    found = badges.badge_class_in_gallery(subject)
    return Subject(found.slug, found.name, found.get_absolute_url())


def badge_address(subject: str) -> str:
    try:
        return badges.badge_class_in_gallery(subject).get_absolute_url()
    except Http404:
        return ""


PROFILE = Reportable("profil", profile, profile_address)
COMMENT = Reportable("commentaire", comment, comment_address)
BADGE = Reportable("badge", badge, badge_address)
RECOGNITION = Reportable("recommandation", recognition, recognition_address)
