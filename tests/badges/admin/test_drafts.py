"""A list before it is sent: what each line will do, corrections, the choice of columns, the one confirmation."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from badges.models import Assertion, Batch, IssuerMember, ListPreset
from badges.services import draft, send
from notifications.models import Message
from notifications.services.sending import send_due
from tests.factories import BadgeClassFactory, IssuerFactory

pytestmark = pytest.mark.django_db

LIST = """E-mail;Prénom;Nom;Ville
alice@exemple.fr;Alice;Martin;Lyon
alice@exemple.fr;Bob;Leroy;Lyon
chloe@gmial.com;Chloé;Petit;Brest
rien;Denis;Roux;Metz
=cmd@exemple;Eve;=1+1;Nice
"""


@pytest.fixture
def badge(amcsti):
    return BadgeClassFactory(issuer=amcsti, name="Je participe au congrès")


def drafted(badge, by=None, text=LIST) -> Batch:
    return draft.draft(badge_class=badge, raw=text.encode(), source="inscrits.csv", by=by)


@pytest.fixture
def batch(badge, olga):
    return drafted(badge, olga)


def url(name: str, batch: Batch) -> str:
    return reverse(f"admin:badges_batch_{name}", args=[batch.pk])


def outcomes(batch: Batch) -> list[str]:
    return list(batch.lines.order_by("number").values_list("outcome", flat=True))


def plain(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_says_what_each_line_will_do(signed_in, olga, batch, read_only):
    browser = signed_in(olga)
    with read_only():
        page = plain(browser.get(url("change", batch)))

    assert "« gmial.com » : vouliez-vous écrire gmail.com ?" in page
    assert 'name="address-4" value="chloe@gmial.com"' in page
    assert 'aria-label="Adresse e-mail, ligne 5 Denis Roux"' in page
    assert "1 personne partage l’adresse d’une autre personne" in page
    assert "Envoyer 1 badge" in page
    assert "séparateur « ; »" in page
    for state, name in [("ready", "Alice Martin"), ("shared", "Bob Leroy"), ("corriger", "Denis Roux")]:
        assert name in plain(signed_in(olga).get(url("change", batch), {"etat": state}))


def test_corrections_are_judged_and_pages_lose_nothing(signed_in, olga, batch):
    browser = signed_in(olga)
    answer = browser.post(
        url("correct", batch),
        {
            "etat": "corriger",
            "page": "1",
            "address-4": "chloe@gmial.com",
            "keep-4": "on",
            "address-5": "denis@exemple.fr",
        },
    )

    assert answer["Location"] == f"{url('change', batch)}?etat=corriger"
    assert outcomes(batch) == ["ready", "shared", "ready", "ready", "invalid"]
    browser.post(url("correct", batch), {"act": "shared", "shared": "each"})
    assert outcomes(batch)[1] == "ready"
    browser.post(url("correct", batch), {"act": "shared", "shared": "skip"})
    assert outcomes(batch)[1] == "shared"


def test_all_proposals_are_taken_by_one_button(signed_in, olga, batch):
    signed_in(olga).post(
        url("correct", batch),
        {"act": "proposals", "address-4": "chloe@gmial.com", "address-5": "d@exemple.fr"},
    )

    assert list(batch.lines.filter(number__in=[4, 5]).values_list("value", "outcome")) == [
        ("chloe@gmail.com", "ready"),
        ("d@exemple.fr", "ready"),
    ]


def test_a_line_that_was_not_touched_stays_refused(signed_in, olga, badge):
    batch = drafted(badge, text="e-mail;nom\na@exemple.fr;A\n")
    batch.lines.update(outcome="invalid", reason="Cette date n’existe pas.")
    signed_in(olga).post(url("correct", batch), {"address-2": "a@exemple.fr"})

    assert batch.lines.get().reason == "Cette date n’existe pas."


def test_chosen_columns_are_remembered_for_the_organiser_alone(signed_in, olga, bob, badge, batch):
    answer = signed_in(olga).post(url("columns", batch), {"address": 0, "first": 1, "last": 3})

    assert answer.status_code == 302
    assert batch.lines.get(number=2).name == "Alice Lyon"
    assert ListPreset.objects.filter(owner=olga).count() == 1
    assert drafted(badge, olga).lines.get(number=2).name == "Alice Lyon"
    assert drafted(badge, bob).lines.get(number=2).name == "Alice Martin"


def test_columns_that_do_not_exist_are_refused(signed_in, olga, batch):
    answer = signed_in(olga).post(url("columns", batch), {"address": 99})

    assert answer.status_code == 422
    assert "Choisissez la colonne des adresses e-mail." in answer.content.decode()
    assert batch.lines.count() == 5


def test_left_out_lines_leave_as_a_file_without_formulas(signed_in, olga, batch):
    answer = signed_in(olga).get(url("left_out", batch))

    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert len(rows) == 5
    assert "'=cmd@exemple" in rows[-1]
    assert "ligne" in rows[0].lower()


def test_one_confirmation_sends(signed_in, olga, batch):
    browser = signed_in(olga)
    page = plain(browser.get(url("send", batch)))
    assert "1 personne" in page
    assert "Votre badge « Je participe au congrès »" in page
    assert "Obtenir mon badge" in page
    answer = browser.post(
        url("send", batch), {"seen": 1, "subject": "Bravo\r\nBcc: x@exemple.fr"}, follow=True
    )

    assert "1 badge est en file. Vous pouvez fermer cette page." in plain(answer)
    batch.refresh_from_db()
    assert (batch.state, batch.raw, "\n" in batch.subject) == ("sending", None, False)
    again = browser.post(url("send", batch), {"seen": 1}, follow=True)
    assert "Cette liste est déjà envoyée." in plain(again)
    send.advance_due()
    assert Assertion.objects.get().recipient_address == "alice@exemple.fr"


def test_a_list_leaves_at_its_hour(signed_in, olga, batch):
    browser = signed_in(olga)
    for moment, sentence in [
        ("2019-07-05T14:30", "Ce moment est passé."),
        ("2999-07-05T14:30", "plus d’un an"),
        ("bientôt", "Donnez un jour et une heure"),
    ]:
        answer = browser.post(url("send", batch), {"seen": 1, "starts_at": moment})
        assert (answer.status_code, sentence in plain(answer)) == (422, True)
    tomorrow = timezone.localtime() + timedelta(days=1)
    browser.post(url("send", batch), {"seen": 1, "starts_at": f"{tomorrow:%Y-%m-%dT%H:%M}"})

    batch.refresh_from_db()
    assert batch.starts_at == tomorrow.replace(second=0, microsecond=0)
    assert send.advance_due() == 0


def test_a_trial_goes_to_the_organiser_alone(signed_in, olga, batch, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    browser = signed_in(olga)
    answer = browser.post(url("trial", batch), {"subject": "Bravo !"}, follow=True)

    assert "Un essai part à olga@exemple.fr." in plain(answer)
    assert 'value="Bravo !"' in answer.content.decode()
    send_due()
    (sent,) = mail.outbox
    assert sent.to == ["olga@exemple.fr"]
    assert sent.subject.startswith("[Essai] Bravo")
    assert "/obtenir/" not in sent.body
    assert not Assertion.objects.exists()
    for _click in range(10):
        answer = browser.post(url("trial", batch), {}, follow=True)
    assert "beaucoup d’essais" in plain(answer)
    assert Message.objects.count() == 10


def test_a_forgotten_list_leaves_nothing(signed_in, olga, batch):
    signed_in(olga).post(url("discard", batch))
    assert not Batch.objects.exists()


def test_a_draft_is_forgotten_after_a_day(batch):
    draft.purge()
    assert Batch.objects.count() == 1
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=25))
    draft.purge()
    assert not Batch.objects.exists()


@pytest.mark.parametrize("name", ["change", "columns", "correct", "discard", "left_out", "send", "trial"])
def test_another_issuers_draft_does_not_exist(signed_in, olga, amcsti, name):
    foreign = drafted(BadgeClassFactory(issuer=IssuerFactory(name="Autre")))
    browser = signed_in(olga)
    for answer in (
        browser.get(url(name, foreign)),
        browser.post(url(name, foreign), {"address-5": "x@exemple.fr"}),
    ):
        assert answer.status_code in {302, 404}
        assert "alice@exemple.fr" not in answer.content.decode()
    foreign.refresh_from_db()
    assert (foreign.state, outcomes(foreign)[3]) == ("draft", "invalid")


def test_who_no_longer_organises_sends_nothing(signed_in, olga, batch):
    browser = signed_in(olga)
    IssuerMember.objects.all().delete()

    assert browser.post(url("send", batch), {}).status_code in {302, 403, 404}
    batch.refresh_from_db()
    assert batch.state == "draft"


@pytest.mark.parametrize("name", ["columns", "correct", "discard", "trial"])
def test_a_link_that_is_opened_changes_nothing(signed_in, olga, batch, read_only, name):
    browser = signed_in(olga)
    with read_only():
        assert browser.get(url(name, batch)).status_code == 302
    assert outcomes(batch) == ["ready", "shared", "suspect", "invalid", "invalid"]


@pytest.mark.parametrize("name, budget", [("change", 12), ("send", 11)])
def test_pages_cost_the_same_for_any_number_of_lines(
    signed_in, olga, badge, name, budget, django_assert_num_queries
):
    for count in (1, 300):
        rows = "".join(f"p{n}@exemple.fr;P{n}\nrien{n};Q\n" for n in range(count))
        batch = drafted(badge, olga, f"e-mail;nom\n{rows}")
        browser = signed_in(olga)
        with django_assert_num_queries(budget):
            browser.get(url(name, batch))


def test_an_address_that_is_mended_leaves_other_faults_of_its_line(badge):
    batch = drafted(badge, text="e-mail;nom;Délivré le\na@exemple.fr;A;hier\n")
    reason = batch.lines.get().reason
    draft.correct(batch=batch, values={2: "b@exemple.fr"})

    assert batch.lines.values_list("value", "outcome", "reason").get() == ("b@exemple.fr", "invalid", reason)


def test_a_badge_withdrawn_meanwhile_is_not_sent(signed_in, olga, badge, batch):
    badge.published_at = None
    badge.save()
    answer = signed_in(olga).post(url("send", batch), {"seen": 1}, follow=True)

    assert "n’est pas publié" in plain(answer)
    batch.refresh_from_db()
    assert batch.state == "draft"


def test_what_is_confirmed_is_what_was_seen(signed_in, olga, batch):
    browser = signed_in(olga)
    assert 'name="seen" value="1"' in browser.get(url("send", batch)).content.decode()
    draft.take_proposals(batch=batch)
    answer = browser.post(url("send", batch), {"seen": 1}, follow=True)

    assert "La liste a changé depuis" in plain(answer)
    batch.refresh_from_db()
    assert batch.state == "draft"


def test_a_list_without_a_ready_line_is_not_sent(signed_in, olga, badge):
    batch = drafted(badge, olga, "e-mail;nom\nrien;R\n")
    browser = signed_in(olga)
    assert "Aucune ligne n’est prête" in plain(browser.get(url("send", batch)))
    assert browser.post(url("send", batch), {"seen": 0}).status_code == 422
    batch.refresh_from_db()
    assert batch.state == "draft"


def test_what_no_address_can_mend_has_no_field(signed_in, olga, badge):
    batch = drafted(badge, text="e-mail;nom;Délivré le\na@exemple.fr;A;hier\nrien;B;\n")
    page = plain(signed_in(olga).get(url("change", batch)))

    assert ("« hier » n’est pas une date" in page, 'name="address-2"' in page) == (True, False)
    assert 'name="address-3"' in page


def test_the_sender_is_shown_as_people_read_it(signed_in, olga, batch):
    batch.badge_class.issuer.sender_name = "Le Dôme"
    batch.badge_class.issuer.save()

    assert "Le Dôme &lt;badges@localhost&gt;" in plain(signed_in(olga).get(url("send", batch)))
