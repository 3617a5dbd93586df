"""« Ce badge n'est pas pour moi »: the right person gets it; the old link, and whoever has it, learn nothing more."""

import pytest
from django.test import Client
from django.urls import reverse

from badges import claims, mails
from badges.exceptions import NotPossible
from badges.models import Assertion, AwardEvent, OptOut
from badges.services.decline import decline
from badges.services.forward import MOST, forward
from badges.services.opened import mark_opened
from notifications.models import Message
from tests.factories import AssertionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(amcsti):
    return AssertionFactory(
        badge_class__issuer=amcsti, recipient_address="claire@exemple.fr", recipient_name="Zoé Martin"
    )


def link(assertion):
    return reverse("badges:claim", args=[claims.token_for(assertion)])


def page(assertion, name="claim_forward"):
    return reverse(f"badges:{name}", args=[assertion.uid])


@pytest.fixture
def opened(client, invited):
    client.get(link(invited))
    return client


def state(assertion):
    return Assertion.objects.values().get(pk=assertion.pk)


def test_the_mails_link_leads_to_the_page_and_changes_nothing(client, invited, read_only):
    with read_only():
        response = client.get(f"{link(invited)}?transmettre", follow=True)

    html = response.content.decode()
    assert response.redirect_chain == [(page(invited), 303)]
    assert response.headers["Cache-Control"] == "no-store"
    assert "Ce badge n’est pas pour moi" in html
    assert "Zoé Martin" in html
    assert f'action="{page(invited, "claim_decline")}"' in html


def test_the_badge_leaves_with_a_new_link_and_the_old_one_dies(opened, invited):
    old = link(invited)
    mark_opened(assertion=invited)

    response = opened.post(page(invited), {"email": " Zoe@Exemple.FR "})

    assert (response.status_code, response.headers["Location"]) == (303, "/obtenir/transmis/")
    done = opened.get(response.headers["Location"]).content.decode()
    assert "Le badge est parti vers l’adresse que vous avez donnée." in done
    assert "zoe@" not in done.lower()
    invited.refresh_from_db()
    assert (invited.recipient_address, invited.generation, invited.opened_at) == ("zoe@exemple.fr", 2, None)
    assert list(AwardEvent.objects.values_list("kind", "by", "before", "after")) == [
        ("forwarded", None, "claire@exemple.fr", "zoe@exemple.fr")
    ]
    assert list(Message.objects.values_list("kind", "address")) == [("invitation", "zoe@exemple.fr")]
    assert opened.get(old).status_code == 410
    assert opened.get(page(invited)).status_code == 403
    assert opened.post(page(invited), {"email": "claire2@exemple.fr"}).status_code == 403


def test_the_new_mail_names_neither_the_old_person_nor_their_address(opened, invited):
    opened.post(page(invited), {"email": "zoe@exemple.fr"})

    mail = mails.invitation(Message.objects.get())

    for text in (mail.body, mail.alternatives[0][0], str(mail.message())):
        assert "claire" not in text.lower()
    for text in (mail.body, mail.alternatives[0][0]):
        assert "Une personne qui avait reçu ce badge vous le transmet." in text
        assert "parce qu" in text
        assert "vous a transmis un badge délivré par Amcsti." in text


@pytest.mark.parametrize(
    "email, sentence",
    [
        ("", "Remplissez ce champ."),
        ("zoe", "adresse"),
        ("claire@exemple.fr", "Le badge a été envoyé à cette adresse."),
        ("CLAIRE@exemple.fr ", "Le badge a été envoyé à cette adresse."),
        ("bob@exemple.fr", "Le badge ne peut pas partir vers cette adresse."),
        ("stop@exemple.fr", "Le badge ne peut pas partir vers cette adresse."),
    ],
)
def test_what_is_refused_says_what_to_do_and_nothing_of_others(opened, invited, amcsti, email, sentence):
    AssertionFactory(badge_class=invited.badge_class, recipient_address="bob@exemple.fr", accepted=True)
    OptOut.objects.create(issuer=amcsti, folded_address="stop@exemple.fr")
    before = state(invited)

    response = opened.post(page(invited), {"email": email})

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "a déjà ce badge" not in html
    assert "plus d’e-mails" not in html
    assert state(invited) | {"opened_at": None} == before
    assert not Message.objects.exists()
    assert not AwardEvent.objects.exists()


def test_it_is_passed_on_five_times_at_most(invited):
    for number in range(MOST):
        forward(assertion=invited, address=f"personne{number}@exemple.fr")

    with pytest.raises(NotPossible):
        forward(assertion=invited, address="zoe@exemple.fr")

    assert MOST == 5
    assert state(invited)["recipient_address"] == "personne4@exemple.fr"


def test_what_is_answered_is_not_passed_on(opened, invited):
    decline(assertion=invited)

    assert opened.post(page(invited), {"email": "zoe@exemple.fr"}).headers["Location"] == page(
        invited, "claim_badge"
    )
    with pytest.raises(NotPossible):
        forward(assertion=invited, address="zoe@exemple.fr")


def test_nobody_else_passes_it_on(invited, opened, bob, signed_in):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = opened.cookies
    before = state(invited)
    body = {"email": "voleur@exemple.fr"}

    assert Client().post(page(invited), body).status_code == 403
    assert strict.post(page(invited), body).status_code == 403
    assert signed_in(bob).post(page(invited), body).status_code == 403
    assert signed_in(bob).post(page(invited, "forward"), body).status_code == 404
    assert state(invited) == before


def test_who_forwards_a_lot_is_slowed_down(opened, invited, settings):
    settings.ACCOUNT_RATE_LIMITS = {"forward_badge": "1/m/ip"}
    opened.post(page(invited), {"email": "claire@exemple.fr"})

    assert opened.post(page(invited), {"email": "zoe@exemple.fr"}).status_code == 429
    assert state(invited)["recipient_address"] == "claire@exemple.fr"


# From one's own account


def test_a_member_passes_on_what_waits_for_them(alice, signed_in, read_only):
    waiting = AssertionFactory(recipient_address="alice@exemple.fr")
    browser = signed_in(alice)
    with read_only():
        assert page(waiting, "forward") in browser.get(waiting.get_absolute_url()).content.decode()
        html = browser.get(page(waiting, "forward")).content.decode()
    assert f'action="{page(waiting, "decline")}"' in html

    response = browser.post(page(waiting, "forward"), {"email": "zoe@exemple.fr"}, follow=True)

    assert response.redirect_chain == [("/badges/", 303)]
    assert "Le badge est parti vers l’adresse que vous avez donnée." in response.content.decode()
    assert browser.get(waiting.get_absolute_url()).status_code == 404


def test_what_is_held_is_not_passed_on(alice, signed_in):
    held = AssertionFactory(accepted=True, holder=alice)

    assert signed_in(alice).post(page(held, "forward"), {"email": "zoe@exemple.fr"}).status_code == 404


def test_one_award_cannot_be_used_to_ask_who_has_the_badge(opened, invited):
    """A refusal tells a little about an address: ten tries an hour, whoever asks."""
    page = reverse("badges:claim_forward", args=[invited.uid])
    AssertionFactory(badge_class=invited.badge_class, recipient_address="deja@exemple.fr", accepted=True)
    codes = [opened.post(page, {"email": "deja@exemple.fr"}).status_code for _try in range(11)]

    assert codes == [422] * 10 + [429]
