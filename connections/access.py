"""One door per object. What is not one's own answers 404."""

from uuid import UUID

from django.http import Http404

from connections.models import Comment


def own_comment(user, uid: UUID) -> Comment:
    comment = Comment.objects.select_related("badge_class").filter(author=user, uid=uid).first()
    if comment is None:
        raise Http404
    return comment
