"""The outbox in the administration: what became of each mail, and no secret of one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.enums import Delivery, MessageState
from notifications.models import Message
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:notifications_message_changelist")


@pytest.fixture
def admin(signed_in):
    return signed_in(UserFactory(email="admin@exemple.fr", is_staff=True, is_superuser=True))


def test_a_list_says_what_became_of_each_mail(admin, queue):
    queue("a")
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now(), delivery=Delivery.BOUNCED)

    page = admin.get(LIST).content.decode()

    assert "a@exemple.fr" in page
    assert "Rejeté par le serveur" in page


def test_a_list_asks_the_database_as_often_for_many_mails_as_for_one(admin, queue, django_assert_num_queries):
    queue("a")
    admin.get(LIST)
    for count in (1, 30):
        for n in range(count):
            queue(f"p{n}", context={"n": n})
        with django_assert_num_queries(6):
            admin.get(LIST)


def test_mails_are_filtered_by_what_became_of_them(admin, queue):
    queue("a")
    queue("b")
    Message.objects.filter(key="b").update(
        state=MessageState.SENT, sent_at=timezone.now(), delivery=Delivery.BOUNCED
    )

    page = admin.get(LIST, {"delivery__exact": "bounced"}).content.decode()

    assert "b@exemple.fr" in page
    assert "a@exemple.fr" not in page


def test_the_code_of_a_mail_is_nowhere(admin, queue):
    message = queue("a", context={"secret": "83619274"})
    detail = reverse("admin:notifications_message_change", args=[message.pk])

    for address in (LIST, detail):
        assert "83619274" not in admin.get(address).content.decode()
    assert "a@exemple.fr" not in admin.get(LIST, {"q": "83619274"}).content.decode()


@pytest.mark.parametrize("lookup", ["context__secret__startswith", "context__contains", "error__contains"])
def test_a_code_cannot_be_asked_for_by_the_address(admin, queue, lookup):
    queue("a", context={"secret": "83619274"})

    answer = admin.get(LIST, {lookup: "8"})

    assert answer.status_code in {302, 400}
    assert "a@exemple.fr" not in answer.content.decode()


def test_an_organiser_has_no_access(signed_in, olga, amcsti):
    assert signed_in(olga).get(LIST).status_code == 403
