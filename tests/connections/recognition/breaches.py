"""Named constraints of recognition, each with the write that it refuses (tests/badges/test_constraints.py)."""

from django.utils import timezone

from badges.enums import Origin
from connections.models import Congratulation, Recognition, RecognitionRequest, RecognitionStop
from tests.factories import AssertionFactory, IssuerFactory, UserFactory


def _award():
    return AssertionFactory(public=True)


def _request(**fields) -> RecognitionRequest:
    award = fields.pop("assertion", None) or _award()
    return RecognitionRequest.objects.create(assertion=award, holder=award.holder, **fields)


def _recognition(**fields) -> Recognition:
    award = fields.pop("assertion", None) or _award()
    given = {"author": UserFactory(), "author_name": "Bob", "text": "Bien.", "holder": award.holder}
    return Recognition.objects.create(assertion=award, **(given | fields))


def congratulation_once():
    award, author = _award(), UserFactory()
    for _time in range(2):
        Congratulation.objects.create(assertion=award, author=author)


def request_once_per_member():
    award, member = _award(), UserFactory()
    for _time in range(2):
        _request(assertion=award, member=member)


def request_once_per_address():
    award = _award()
    for address in ("prof@exemple.fr", "PROF@exemple.fr"):
        _request(assertion=award, address=address)


def request_to_member_or_address():
    _request()


def request_to_another():
    award = _award()
    _request(assertion=award, member=award.holder)


def request_state_known():
    _request(address="prof@exemple.fr", state="lost")


def recognition_once_per_author():
    award, author = _award(), UserFactory()
    for _time in range(2):
        _recognition(assertion=award, author=author)


def _of_skill(skill="Médiation", **fields):
    given = {"author_name": "Bob", "text": "Bien.", "skill": skill}
    return Recognition.objects.create(**(given | fields))


def recognition_once_per_skill():
    holder, author = UserFactory(), UserFactory()
    for skill in ("Médiation", "mediation"):
        _of_skill(skill, holder=holder, author=author)


def recognition_of_badge_or_skill():
    _of_skill("", holder=UserFactory(), author=UserFactory())


def recognition_of_another():
    award = _award()
    _recognition(assertion=award, author=award.holder)


def recognition_has_author():
    _recognition(author=None)


def recognition_state_known():
    _recognition(state="lost", answered_at=timezone.now())


def recognition_answer_has_date():
    _recognition(state="accepted")


def recognition_shown_is_accepted():
    _recognition(shown=True)


def recognition_stop_once():
    for _time in range(2):
        RecognitionStop.objects.create(folded_address="prof@exemple.fr")


def issuer_one_site():
    for _time in range(2):
        IssuerFactory(origin=Origin.SITE)


BREACHES = {
    breach.__name__: breach
    for breach in (
        congratulation_once,
        request_once_per_member,
        request_once_per_address,
        request_to_member_or_address,
        request_to_another,
        request_state_known,
        recognition_once_per_author,
        recognition_once_per_skill,
        recognition_of_badge_or_skill,
        recognition_of_another,
        recognition_has_author,
        recognition_state_known,
        recognition_answer_has_date,
        recognition_shown_is_accepted,
        recognition_stop_once,
        issuer_one_site,
    )
}
