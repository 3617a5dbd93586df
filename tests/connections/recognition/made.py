"""Recommendations and requests, as services leave them."""

from connections.models import Recognition, RecognitionRequest
from connections.services import ask, recognise
from tests.factories import AssertionFactory, UserFactory

TEXT = "Une médiatrice **hors pair**."


def badge_of(holder, visibility="public", **fields):
    return AssertionFactory(
        **{visibility if visibility != "private" else "accepted": True},
        holder=holder,
        recipient_name="Alice Martin",
        recipient_address=holder.email,
        **fields,
    )


def written(assertion, author, text=TEXT) -> Recognition:
    """It waits."""
    return recognise.write(author=author, assertion=assertion, text=text)


def accepted(assertion, author, text=TEXT, *, shown=True) -> Recognition:
    row = written(assertion, author, text)
    return recognise.accept(recognition=row, shown=shown, digest=row.digest)


def refused(assertion, author, text=TEXT) -> Recognition:
    return recognise.refuse(recognition=written(assertion, author, text))


def asked_by_mail(
    assertion, address="prof@exemple.fr", message="Vous souvenez-vous de moi ?"
) -> RecognitionRequest:
    return ask.ask(assertion=assertion, message=message, address=address)


def written_by_mail(assertion, address="prof@exemple.fr", name="Jeanne Prof", text=TEXT) -> Recognition:
    request = asked_by_mail(assertion, address)
    return recognise.write_invited(request=request, name=name, text=text)


def accepted_by_mail(assertion, **fields) -> Recognition:
    row = written_by_mail(assertion, **fields)
    return recognise.accept(recognition=row, shown=True, digest=row.digest)


def stranger(name="Chloé Autre"):
    return UserFactory(name=name)
