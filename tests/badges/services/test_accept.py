import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from badges.enums import AssertionState, Visibility
from badges.exceptions import NotPossible
from badges.models import Assertion
from badges.services.accept import accept, adopt_address_and_accept
from badges.services.decline import decline
from badges.services.revoke import revoke
from notifications.models import Message
from tests.factories import AssertionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_accept_gives_the_badge_to_its_holder_and_keeps_it_private(alice):
    assertion = AssertionFactory(recipient_address=alice.email, recipient_name="Alice M.")

    accept(assertion=assertion, holder=alice)

    assertion.refresh_from_db()
    assert (assertion.state, assertion.holder, assertion.visibility) == (
        AssertionState.ACCEPTED,
        alice,
        Visibility.PRIVATE,
    )
    assert assertion.accepted_at is not None
    assert assertion.recipient_name == "Alice M."


def test_accept_takes_the_holders_name_when_the_list_gave_none(alice):
    assertion = accept(assertion=AssertionFactory(recipient_name=""), holder=alice)

    assertion.refresh_from_db()
    assert assertion.recipient_name == "Alice Martin"
    assert assertion.folded_name == "alice martin"


def test_accept_twice_is_one_acceptance(alice):
    assertion = AssertionFactory()
    first = accept(assertion=assertion, holder=alice).accepted_at

    assert accept(assertion=assertion, holder=alice).accepted_at == first


def test_accept_refuses_a_second_holder(alice, bob):
    assertion = AssertionFactory()
    accept(assertion=assertion, holder=alice)

    with pytest.raises(NotPossible):
        accept(assertion=assertion, holder=bob)

    assertion.refresh_from_db()
    assert assertion.holder == alice


def test_accept_refuses_a_second_badge_of_the_same_class(alice):
    first = AssertionFactory()
    second = AssertionFactory(badge_class=first.badge_class)
    accept(assertion=first, holder=alice)

    with pytest.raises(NotPossible):
        accept(assertion=second, holder=alice)

    second.refresh_from_db()
    assert (second.state, second.holder) == (AssertionState.PENDING, None)


def test_accept_refuses_what_was_declined_or_revoked(alice):
    declined = decline(assertion=AssertionFactory())
    revoked = revoke(assertion=AssertionFactory(), reason="mistake")

    for assertion in (declined, revoked):
        with pytest.raises(NotPossible):
            accept(assertion=assertion, holder=alice)

    assert not Assertion.objects.filter(holder=alice).exists()


def test_adopting_the_address_adds_it_proved_accepts_and_tells_it(alice):
    assertion = AssertionFactory(recipient_address="alice@travail.example")

    adopt_address_and_accept(assertion=assertion, holder=alice)

    assert set(alice.emailaddress_set.values_list("email", "verified", "primary")) == {
        ("alice@exemple.fr", True, True),
        ("alice@travail.example", True, False),
    }
    assert Assertion.objects.get(holder=alice) == assertion
    assert Message.objects.values_list("kind", "address").get() == ("address-added", "alice@travail.example")


def test_adopting_an_address_of_another_account_changes_nothing(alice):
    other = UserFactory(email="alice@travail.example")
    assertion = AssertionFactory(recipient_address="alice@travail.example")

    with pytest.raises(NotPossible):
        adopt_address_and_accept(assertion=assertion, holder=alice)

    assert alice.emailaddress_set.count() == other.emailaddress_set.count() == 1
    assertion.refresh_from_db()
    assert assertion.state == AssertionState.PENDING
    assert not Message.objects.exists()


def test_adopting_an_address_takes_it_from_a_squatter_who_never_proved_it(alice):
    squatter = User.objects.create_user("alice@travail.example")
    EmailAddress.objects.create(user=squatter, email="alice@travail.example", primary=True)

    adopt_address_and_accept(
        assertion=AssertionFactory(recipient_address="alice@travail.example"), holder=alice
    )

    assert not User.objects.filter(pk=squatter.pk).exists()
    EmailAddress.objects.get(email="alice@travail.example").set_as_primary()
    alice.refresh_from_db()
    assert alice.email == "alice@travail.example"


def test_adopting_an_address_that_one_has_not_yet_proved_proves_it(alice):
    EmailAddress.objects.create(user=alice, email="alice@travail.example")

    adopt_address_and_accept(
        assertion=AssertionFactory(recipient_address="alice@travail.example"), holder=alice
    )

    assert EmailAddress.objects.get(email="alice@travail.example").verified
