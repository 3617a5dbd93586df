"""The keys of an issuer in the administration: public parts for its organisers, changed by administrators alone."""

import base64
import io
import logging

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.urls import reverse

from badges import addresses
from badges.models import Endorsement, Issuer, SignedDocuments, SigningKey
from badges.services import keys
from badges.services.endorse import endorse
from tests.factories import BadgeClassFactory, IssuerFactory, UserFactory
from tests.signed import signed

pytestmark = pytest.mark.django_db

SURE = {"sure": "on"}


@pytest.fixture
def root(db):
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def award(amcsti):
    return signed(badge_class=BadgeClassFactory(issuer=amcsti), public=True)


def page_of(issuer) -> str:
    return reverse("admin:badges_issuer_change", args=[issuer.pk])


def change_of(issuer) -> str:
    return reverse("admin:badges_issuer_keys", args=[issuer.pk])


def text(answer) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def beneath(page: str) -> str:
    return page[page.index('id="keys"') :]


def test_an_organiser_reads_public_parts_and_where_they_are_served(signed_in, olga, amcsti, award):
    ring = keys.ring(amcsti)
    shown = beneath(text(signed_in(olga).get(page_of(amcsti))))

    assert shown.count("en service") == 2
    assert ring.proof.public in shown
    assert ring.token.public.splitlines()[1].replace("+", "&#x2B;") in shown.replace("+", "&#x2B;")
    controller = addresses.controller(amcsti.uid)
    for address in (
        addresses.key(ring.proof.uid),
        addresses.key(ring.token.uid),
        addresses.rsa_key(ring.token.uid),
        controller,
        f"{controller}/did.json",
        addresses.issuer(amcsti.uid),
        addresses.revocations(amcsti.uid),
        addresses.status_list(award.status_entry.status_list.uid),
    ):
        assert f'href="{address}"' in shown
    assert addresses.did(amcsti.uid) in shown
    assert "UNDEFINED_VARIABLE" not in shown
    assert change_of(amcsti) not in shown


def test_each_key_says_what_became_of_it(signed_in, olga, amcsti):
    keys.ring(amcsti)
    keys.renew(issuer=amcsti, revoke=True)
    keys.renew(issuer=amcsti)
    shown = beneath(text(signed_in(olga).get(page_of(amcsti))))

    assert [shown.count(word) for word in (">en service<", ">retirée<", ">révoquée<")] == [2, 2, 2]
    assert (shown.count("Retirée le"), shown.count("Révoquée le")) == (4, 2)


def test_an_issuer_without_keys_is_shown_and_gets_none_by_it(signed_in, olga, amcsti, read_only):
    browser = signed_in(olga)
    with read_only():
        assert browser.get(page_of(amcsti)).status_code == 200
    assert not SigningKey.objects.exists()


def test_the_page_costs_the_same_with_two_keys_and_with_many(
    signed_in, olga, amcsti, award, django_assert_max_num_queries
):
    browser, counts = signed_in(olga), []
    for _n in range(2):
        with django_assert_max_num_queries(9) as captured:
            browser.get(page_of(amcsti))
        counts.append(len(captured))
        for _time in range(3):
            keys.renew(issuer=amcsti)

    assert counts[0] == counts[1]


def test_other_keys_leave_what_was_signed_authentic(signed_in, root, amcsti, award):
    before, old = SignedDocuments.objects.get(), keys.ring(amcsti)
    browser = signed_in(root)
    asked = text(browser.get(change_of(amcsti)))
    assert "1 badge est signé de nouveau pour eux" in asked
    assert "sauf deux : l’image 2.0 d’un badge qui n’est pas public" in asked
    done = browser.post(change_of(amcsti), SURE, follow=True)

    assert done.redirect_chain == [(f"{page_of(amcsti)}#keys", 302)]
    assert "Amcsti a d’autres clés ; 1 badge a été signé de nouveau." in text(done)
    after, new = SignedDocuments.objects.get(), keys.ring(amcsti)
    assert {old.proof.pk, old.token.pk}.isdisjoint({new.proof.pk, new.token.pk})
    assert not SigningKey.objects.filter(revoked_at__isnull=False).exists()
    assert (after.credential, after.token) == (before.credential, before.token)
    assert after.signed != before.signed
    assert set(judged(browser, award)) == {"authentic"}
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (root, str(amcsti.pk), "Clés changées.")


def test_stolen_keys_prove_nothing_any_more(signed_in, root, amcsti, award):
    endorse(badge_class=award.badge_class, issuer=amcsti, comment="Bien.")
    before, spoken = SignedDocuments.objects.get(), Endorsement.objects.get().credential
    old = keys.ring(amcsti)
    browser = signed_in(root)
    browser.post(change_of(amcsti), {**SURE, "stolen": "on"})

    assert set(SigningKey.objects.filter(revoked_at__isnull=False)) == {old.proof, old.token}
    after = SignedDocuments.objects.get()
    for form in ("signed", "credential", "token"):
        assert getattr(after, form) != getattr(before, form)
    assert Endorsement.objects.get().credential != spoken
    assert set(judged(browser, award)) == {"authentic"}
    assert LogEntry.objects.get().change_message == "Clés changées\u00a0: elles avaient été volées."

    SignedDocuments.objects.update(credential=before.credential)
    assert judged(browser, award) == ["authentic", "authentic", "invalid", "authentic"]


def judged(browser, award) -> list[str]:
    answer = browser.post(reverse("admin:badges_assertion_verify", args=[award.pk]))
    return [str(item.verdict) for item in answer.context["verdicts"]]


@pytest.mark.parametrize("data", [{}, {"stolen": "on"}])
def test_nothing_changes_without_the_second_yes(signed_in, root, amcsti, award, data):
    answer = signed_in(root).post(change_of(amcsti), data)

    assert answer.status_code == 422
    assert "Remplissez ce champ." in text(answer)
    assert SigningKey.objects.count() == 2
    assert not LogEntry.objects.exists()


def test_a_visit_changes_nothing(signed_in, root, amcsti, award, read_only):
    browser = signed_in(root)
    with read_only():
        assert browser.get(change_of(amcsti), SURE).status_code == 200


def test_too_many_are_left_to_the_command(signed_in, root, amcsti, award, monkeypatch):
    monkeypatch.setattr("badges.admin.keys.rotation.MOST", 0)
    browser = signed_in(root)

    assert "manage.py rotate_keys amcsti" in text(browser.get(change_of(amcsti)))
    assert browser.post(change_of(amcsti), SURE).status_code == 422
    assert SigningKey.objects.count() == 2


def test_only_an_administrator_changes_keys(signed_in, olga, bob, amcsti, award):
    foreign = IssuerFactory()
    keys.ring(foreign)
    bob.is_staff = True
    bob.save()
    for person, issuer, status in ((olga, amcsti, 403), (olga, foreign, 404), (bob, amcsti, 404)):
        browser = signed_in(person)
        assert browser.get(change_of(issuer)).status_code == status
        assert browser.post(change_of(issuer), SURE).status_code == status
    assert SigningKey.objects.filter(retired_at=None).count() == SigningKey.objects.count() == 4


def marks_of(key: SigningKey) -> set[str]:
    """Pieces of a private part in every writing in which it could stand somewhere."""
    private = keys._open(bytes(key.sealed))
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    secret = der[-32:] if key.kind == "ed25519" else number_of(private)
    written = {secret.hex(), secret.hex().upper(), str(int.from_bytes(secret, "big")), repr(secret)[2:-1]}
    for offset in range(3):
        written.add(base64.b64encode(bytes(offset) + secret).decode()[4:-4])
    # The first line of an RSA key's PEM holds its public number too.
    written |= {line for line in pem.splitlines()[-4:-1]}
    return {mark for found in written for mark in (found, found.replace("+", "-").replace("/", "_"))}


def number_of(private) -> bytes:
    number = private.private_numbers().d
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def test_the_marks_would_be_seen(amcsti):
    for key in (keys.ring(amcsti).proof, keys.ring(amcsti).token):
        pem = keys._open(bytes(key.sealed)).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        assert any(mark in pem.decode() for mark in marks_of(key))


def test_private_parts_are_in_no_page_no_log_and_no_dump(
    signed_in, root, olga, amcsti, award, caplog, capsys
):
    caplog.set_level(logging.DEBUG)
    browser, shown, dump = signed_in(root), [], io.StringIO()
    marks = set().union(*(marks_of(key) for key in SigningKey.objects.all()))
    browser.post(change_of(amcsti), SURE)
    call_command("rotate_keys", "amcsti", "--revoke")
    marks |= set().union(*(marks_of(key) for key in SigningKey.objects.all()))
    sealed = {bytes(key.sealed).decode() for key in SigningKey.objects.all()}
    award_page = reverse("admin:badges_assertion_change", args=[award.pk])
    for who in (browser, signed_in(olga)):
        shown += [text(who.get(address)) for address in (page_of(amcsti), award_page)]
        shown.append(text(who.post(reverse("admin:badges_assertion_verify", args=[award.pk]))))
        shown.append(text(who.get(reverse("admin:badges_issuer_history", args=[amcsti.pk]))))
    call_command("dumpdata", "badges", stdout=dump)

    assert Issuer.objects.get().keys.count() == 6
    said = capsys.readouterr()
    for place in (*shown, caplog.text, dump.getvalue(), said.out, said.err):
        assert not any(mark in place for mark in marks)
        assert "PRIVATE KEY" not in place
    for place in (*shown, caplog.text):
        assert not any(mark in place for mark in sealed)
    assert dump.getvalue().count('"sealed"') == 6
