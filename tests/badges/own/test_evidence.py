"""What a holder adds to a badge: seen with it, marked as theirs, never signed."""

import pytest

from accounts.models import File
from accounts.services.files import delete
from badges.models import HolderEvidence, SignedDocuments
from tests.given import pdf, picture, upload
from tests.signed import signed

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Mon stand", "narrative": "J’ai tenu le stand.", "url": "", "is_shown": "on"}


def address(badge, rest=""):
    return f"/badges/{badge.uid}/preuves/{rest}"


def opens(browser, file) -> bool:
    answer = browser.get(f"/compte/fichiers/{file.uid}/")
    return answer.status_code == 200 and bool(answer.getvalue())


def test_it_is_added_shown_changed_and_deleted(alices, client, hold):
    badge = hold("Médiation", public=True)

    answer = alices.post(address(badge, "ajouter/"), GIVEN | {"upload": upload(pdf(), "bilan.pdf")})
    assert (answer.status_code, answer["Location"]) == (303, address(badge))
    row = HolderEvidence.objects.get()
    assert (row.name, row.file.name, row.is_shown) == ("Mon stand", "bilan.pdf", True)
    page = client.get(f"/b/{badge.uid}/").content.decode()
    assert page.index("AJOUTÉ PAR LE TITULAIRE") < page.index("Mon stand")
    assert "L’émetteur n’a pas vérifié" in page

    alices.post(address(badge, f"{row.uid}/"), GIVEN | {"name": "Autre", "is_shown": ""})
    page = client.get(f"/b/{badge.uid}/").content.decode()
    assert "Autre" not in page
    assert "AJOUTÉ PAR" not in page
    assert "Autre" in alices.get(address(badge)).content.decode()
    alices.post(address(badge, f"{row.uid}/supprimer/"))
    assert not HolderEvidence.objects.exists()
    assert File.objects.count() == 1


def test_nobody_else_touches_it(signed_in, bob, client, hold):
    badge = hold("Médiation", public=True)
    row = HolderEvidence.objects.create(assertion=badge, name="Mon stand", narrative="x", is_shown=True)

    for rest in ("", "ajouter/", f"{row.uid}/"):
        assert signed_in(bob).get(address(badge, rest)).status_code == 404
        assert client.get(address(badge, rest)).status_code == 302
    assert signed_in(bob).post(address(badge, f"{row.uid}/supprimer/")).status_code == 404
    assert HolderEvidence.objects.count() == 1


def test_evidence_of_another_badge_is_not_reached_through_ones_own(alices, hold, bob):
    mine, his = hold("Médiation"), hold("Autre", holder=bob)
    row = HolderEvidence.objects.create(assertion=his, name="De Bob", narrative="x")

    assert alices.post(address(mine, f"{row.uid}/"), GIVEN).status_code == 404
    assert alices.post(address(mine, f"{row.uid}/supprimer/")).status_code == 404


@pytest.mark.parametrize(
    "visibility, is_shown, seen",
    [
        ("public", True, {"anonymous", "bob", "alice"}),
        ("members", True, {"bob", "alice"}),
        ("private", True, {"alice"}),
        ("public", False, {"alice"}),
    ],
)
def test_its_file_is_open_to_who_sees_it(alices, client, signed_in, bob, hold, visibility, is_shown, seen):
    badge = hold("Médiation", visibility=visibility)
    shown = {"is_shown": "on"} if is_shown else {"is_shown": ""}
    alices.post(address(badge, "ajouter/"), GIVEN | shown | {"upload": upload(picture(), "stand.jpg")})
    file = File.objects.get()

    browsers = {"anonymous": client, "bob": signed_in(bob), "alice": alices}
    opened = {who for who, browser in browsers.items() if opens(browser, file)}

    assert opened == seen


def test_a_withdrawn_badge_closes_the_file_and_the_form(alices, client, hold):
    badge = hold("Médiation", public=True)
    alices.post(address(badge, "ajouter/"), GIVEN | {"upload": upload(picture(), "stand.jpg")})
    file = File.objects.get()
    assert opens(client, file)

    type(badge).objects.filter(pk=badge.pk).update(revoked_at=badge.accepted_at, revocation_reason="mistake")

    assert not opens(client, file)
    answer = alices.post(address(badge, "ajouter/"), GIVEN)
    assert answer.status_code == 422
    assert "Ce badge a été retiré" in answer.content.decode()


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"narrative": ""}, "Dites ce que vous avez fait"),
        ({"name": ""}, "Remplissez ce champ."),
        ({"url": "javascript:alert(1)"}, "URL valide"),
        ({"upload": upload(b"MZ\x90\x00", "virus.exe")}, "PNG"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(alices, hold, changes, sentence):
    badge = hold("Médiation")

    answer = alices.post(address(badge, "ajouter/"), GIVEN | changes)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not HolderEvidence.objects.exists()
    assert (GIVEN | changes)["narrative"] in answer.content.decode()


def test_ten_are_enough(alices, hold):
    badge = hold("Médiation")
    for n in range(10):
        HolderEvidence.objects.create(assertion=badge, name=f"Preuve {n}", narrative="x")

    answer = alices.post(address(badge, "ajouter/"), GIVEN)

    assert (answer.status_code, badge.holder_evidence.count()) == (422, 10)


def test_a_deleted_file_leaves_the_words(alices, hold):
    badge = hold("Médiation")
    alices.post(address(badge, "ajouter/"), GIVEN | {"upload": upload(pdf(), "bilan.pdf")})
    alices.post(
        address(badge, "ajouter/"),
        GIVEN | {"name": "Seul", "narrative": "", "upload": upload(pdf(), "b.pdf")},
    )
    file = File.objects.get()
    assert "Médiation" in alices.get("/compte/fichiers/").content.decode()

    delete(file=file)

    assert [row.name for row in HolderEvidence.objects.all()] == ["Mon stand"]


def test_what_is_signed_does_not_change(client, signed_in, db):
    badge = signed(public=True)
    before = SignedDocuments.objects.values_list("credential", "token", "signed").get()
    served = client.get(f"/ob2/assertions/{badge.uid}").content

    signed_in(badge.holder).post(address(badge, "ajouter/"), GIVEN)

    assert HolderEvidence.objects.count() == 1
    assert SignedDocuments.objects.values_list("credential", "token", "signed").get() == before
    assert client.get(f"/ob2/assertions/{badge.uid}").content == served
