"""`manage.py demonstrate`: loaded once, whole, and never over an installation in use."""

import json
import re
import stat
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.enums import Visibility
from accounts.models import Consent, Profile, User
from accounts.services.consent import statement_to_accept
from badges import access, pictures
from badges.claims import read_token
from badges.enums import AssertionState
from badges.lists import Line
from badges.models import Assertion, BadgeClass, Issuer
from badges.services import figures
from badges.services.accept import accept
from badges.services.issue import issue
from connections import lists
from connections.feed import feed
from connections.models import Comment
from home.demonstration import awards, invitation, logins, people
from notifications.models import Message
from tests.factories import IssuerFactory, UserFactory

LINE = re.compile(
    r"Lien d'invitation : http://localhost:8000/obtenir/(?P<token>[\w-]+)/\n"
    r"Administrateur : (?P<administrator>\S+@\S+) / (?P<administrator_password>.+)\n"
    r"Organisateur : (?P<organiser>\S+@\S+) / (?P<organiser_password>.+)\n"
    r"Membre : (?P<member>\S+@\S+) / (?P<member_password>.+)\n"
)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path, db):
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "http://localhost:8000"
    return tmp_path


@pytest.fixture
def no_pictures(monkeypatch):
    """The pictures take the most time; one test makes them."""
    monkeypatch.setattr(pictures, "store", lambda raw: f"{'0' * 64}.png")


@pytest.fixture
def few(no_pictures, monkeypatch):
    """Twelve holders instead of two hundred, where their number does not matter."""
    monkeypatch.setattr(people, "HOLDERS", 12)


def demonstrate() -> str:
    output = StringIO()
    call_command("demonstrate", stdout=output)
    return output.getvalue()


def printed(text: str) -> dict[str, str]:
    match = LINE.fullmatch(text)
    assert match, text
    return match.groupdict()


def invited(text: str) -> Assertion:
    """The award behind the printed link."""
    uid, generation = read_token(printed(text)["token"])
    return Assertion.objects.get(uid=uid, generation=generation)


def rows() -> dict[str, int]:
    return {
        model.__name__: model.objects.count()
        for model in (User, Issuer, BadgeClass, Assertion, Message, Comment)
    }


def answer_all() -> None:
    for assertion in Assertion.objects.waiting().filter(badge_class__slug="amcsti-2019"):
        accept(assertion=assertion, holder=UserFactory(email=assertion.recipient_address))


def test_the_first_start_loads_and_prints_four_lines(no_pictures):
    lines = printed(demonstrate())

    assert rows() == {
        "User": 203, "Issuer": 11, "BadgeClass": 18, "Assertion": 1029, "Message": 9, "Comment": 14,
    }  # fmt: skip
    assert lines["administrator"] == "ada.morel@exemple.fr"


def test_the_printed_passwords_sign_in_to_what_they_promise(few, client):
    lines = printed(demonstrate())

    for role, staff, superuser in [
        ("administrator", True, True),
        ("organiser", True, False),
        ("member", False, False),
    ]:
        user = User.objects.get(email=lines[role])
        assert user.check_password(lines[f"{role}_password"])
        assert (user.is_staff, user.is_superuser) == (staff, superuser)
    organised = Issuer.objects.organised_by(User.objects.get(email=lines["organiser"]))
    assert [issuer.slug for issuer in organised] == ["amcsti", "le-dome"]


def test_the_member_holds_eleven_badges_and_one_waits(few):
    member = User.objects.get(email=printed(demonstrate())["member"])

    assert Assertion.objects.held_by(member).count() == 11
    assert [badge.badge_class.slug for badge in Assertion.objects.pending_for(member)] == [
        "amcsti-intervention"
    ]


def test_a_second_start_changes_nothing_and_prints_the_same(few, read_only):
    first, before = demonstrate(), rows()

    with read_only():
        assert demonstrate() == first
    assert rows() == before


def test_a_second_start_costs_few_queries(few, django_assert_max_num_queries):
    demonstrate()

    with django_assert_max_num_queries(8):
        demonstrate()


def test_passwords_are_kept_for_their_owner_alone(few, data_folder):
    lines = printed(demonstrate())
    file = data_folder / "secrets" / "demonstration.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["member"]["password"] == lines["member_password"]
    assert len({lines[f"{role}_password"] for role in ("administrator", "organiser", "member")}) == 3


def test_a_changed_password_is_not_printed(few):
    user = User.objects.get(email=printed(demonstrate())["member"])
    user.set_password("un tout autre mot")
    user.save()

    assert printed(demonstrate())["member_password"] == "(modifié depuis)"


def test_a_hash_that_django_renewed_is_still_the_same_password(few):
    lines = printed(demonstrate())
    user = User.objects.get(email=lines["member"])
    user.set_password(lines["member_password"])
    user.save()

    assert printed(demonstrate())["member_password"] == lines["member_password"]


def test_a_deleted_account_is_not_promised(few):
    User.objects.filter(email=printed(demonstrate())["administrator"]).delete()

    assert printed(demonstrate())["administrator_password"] == "(compte supprimé)"
    assert User.objects.count() == 14


def test_the_link_is_claire_s_first_and_opens_her_award(few):
    assertion = invited(demonstrate())

    assert (assertion.recipient_name, assertion.recipient_address) == (
        "Claire Martin",
        "claire.martin@exemple.fr",
    )
    assert assertion.badge_class.slug == "amcsti-2019"
    assert assertion.claim_until > timezone.now() + timedelta(days=80)


def test_invitees_have_no_account_and_are_mailed_holders_are_not(few):
    demonstrate()
    waiting = Assertion.objects.waiting().filter(badge_class__slug="amcsti-2019")

    assert waiting.count() == 8
    assert not User.objects.filter(email__in=waiting.values("folded_address")).exists()
    assert set(Message.objects.values_list("address", flat=True)) == {
        *waiting.values_list("recipient_address", flat=True),
        "elise.roussel@exemple.fr",
    }


def test_an_answered_invitation_gives_way_to_the_next(few):
    first = invited(demonstrate())
    accept(assertion=first, holder=UserFactory(email=first.recipient_address))

    second = invited(demonstrate())

    assert (second.recipient_name, second.state) == ("Samir Belkacem", AssertionState.PENDING)


def test_an_invitee_who_made_an_account_gives_way_to_the_next(few):
    UserFactory(email=invited(demonstrate()).recipient_address)

    assert invited(demonstrate()).recipient_name == "Samir Belkacem"


def test_when_all_have_answered_another_is_invited_once(few):
    demonstrate()
    answer_all()

    ninth = invited(demonstrate())

    assert (ninth.recipient_name, ninth.state) == ("Aurore Pelletier", AssertionState.PENDING)
    assert Message.objects.filter(address=ninth.recipient_address).count() == 1
    assert invited(demonstrate()) == ninth


def test_invitees_never_run_out(few):
    demonstrate()
    badge_class = BadgeClass.objects.get(slug="amcsti-2019")
    everybody = [who for who, _turn in zip(invitation._invitees(), range(20), strict=False)]
    lines = [Line(number, address, name) for number, (name, address) in enumerate(everybody, 1)]
    issue(badge_class=badge_class, lines=lines, source="tout le monde")
    answer_all()

    assert invited(demonstrate()).recipient_address == "claire.martin2@exemple.fr"


def test_an_expired_link_is_renewed(few):
    first = invited(demonstrate())
    Assertion.objects.filter(pk=first.pk).update(claim_until=timezone.now() - timedelta(days=1))

    again = invited(demonstrate())

    assert again == first
    assert again.claim_until > timezone.now() + timedelta(days=80)


def test_no_award_of_an_organiser_is_printed(few):
    """Somebody whom Olga invites is not the next person of the demonstration."""
    demonstrate()
    answer_all()
    badge_class = BadgeClass.objects.get(slug="amcsti-2019")
    issue(badge_class=badge_class, lines=[Line(1, "vraie@exemple.fr", "Vraie Personne")], source="liste.csv")

    assert invited(demonstrate()).recipient_address != "vraie@exemple.fr"


def test_the_gallery_s_figures_are_true(no_pictures):
    demonstrate()

    for badge_class in BadgeClass.objects.all():
        assert {
            name: getattr(badge_class, name) for name in figures.true_figures(badge_class)
        } == figures.true_figures(badge_class)
    congress = BadgeClass.objects.get(slug="amcsti-2019")
    assert congress.member_recipients > congress.public_recipients > 20


def test_the_congress_badge_says_what_the_tutorial_says(few):
    demonstrate()
    badge_class = access.badge_class_in_gallery("amcsti-2019")

    assert badge_class.name == "Je participe au congrès de l’Amcsti 2019"
    assert badge_class.description == (
        "Un badge d’expérience qui reconnaît la participation au 37ᵉ congrès de l’Amcsti organisé à Caen "
        "du 3 au 5 juillet 2019."
    )
    assert badge_class.criteria == (
        "Ce badge reconnaît la participation de la personne bénéficiaire au 37ᵉ congrès de l’Amcsti, rendez-vous "
        "annuel des professionnels des cultures scientifique, technique et industrielle en France."
    )
    assert (badge_class.place, f"{badge_class.starts_on}", f"{badge_class.ends_on}") == (
        "Caen", "2019-07-03", "2019-07-05",
    )  # fmt: skip


def test_all_shades_are_there(no_pictures):
    """Several countries, every visibility, opt-outs, refusals, withdrawals, profiles of every kind."""
    demonstrate()

    assert set(BadgeClass.objects.values_list("gallery_country", flat=True)) == {"FR", "BE", "CH", "CA", "SN"}
    shown = Counter(Assertion.objects.valid().values_list("visibility", flat=True))
    assert all(shown[level] > 50 for level in Visibility.values)
    assert Assertion.objects.valid().filter(visibility=Visibility.PUBLIC, name_listed=False).exists()
    assert Assertion.objects.filter(state=AssertionState.DECLINED).exists()
    assert Assertion.objects.filter(revoked_at__isnull=False).exists()
    profiles = Counter(Profile.objects.values_list("visibility", flat=True))
    assert all(profiles[level] > 20 for level in Visibility.values)
    assert Assertion.objects.filter(accepted_at__year=2018).exists()
    assert not Assertion.objects.filter(accepted_at__gt=timezone.now()).exists()


def test_the_member_s_first_page_is_alive(no_pictures):
    """They follow badges, issuers and people, are followed, and read what these have shown lately."""
    demonstrate()
    member = User.objects.get(email=logins.addresses()[2])

    lines = feed(member).lines
    assert len(lines) > 5
    assert any(person.handle for line in lines for person in line.named)
    assert lists.people(member).count() > 5
    assert lists.followers(member).count() > 5
    assert lists.issuers(member).exists()
    assert not Assertion.objects.filter(shown_at__gt=timezone.now()).exists()


def test_only_example_addresses_are_used(no_pictures):
    demonstrate()
    addresses = {*User.objects.values_list("email", flat=True)}
    addresses |= {*Assertion.objects.values_list("recipient_address", flat=True)}

    assert [address for address in addresses if not re.search(r"(@exemple\.fr|\.example)$", address)] == []


def test_nobody_is_asked_for_consent_again(no_pictures):
    member = User.objects.get(email=printed(demonstrate())["member"])

    assert Consent.objects.count() == 203
    assert statement_to_accept(member) is None


def test_the_same_seed_makes_the_same_people(no_pictures):
    demonstrate()

    first = Profile.objects.order_by("user_id")[3]
    assert (first.name, first.user.email) == ("Catherine Bergeron", "catherine.bergeron@quebec.example")
    assert Profile.objects.values("folded_name").distinct().count() == 203


def test_a_crash_halfway_leaves_nothing_and_the_next_start_loads(few, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(awards, "_join_before_first_badge", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            demonstrate()

    assert set(rows().values()) == {0}
    printed(demonstrate())


def test_an_installation_in_use_is_left_alone(few, data_folder):
    IssuerFactory(name="Une vraie association")
    before = rows()

    assert demonstrate() == ""
    assert rows() == before
    assert not (data_folder / "secrets").exists()


def test_it_can_be_switched_off(settings):
    settings.DEMONSTRATION = False

    assert demonstrate() == ""
    assert User.objects.count() == 0


def test_a_fresh_database_gets_the_passwords_that_were_printed_before(few, data_folder):
    """The data folder outlives the database: DATABASE_URL may name another one tomorrow."""
    known = logins.kept()

    assert printed(demonstrate())["member_password"] == known["member"].password


@pytest.mark.parametrize("change", [{"slug": "renomme"}, {"published_at": None}])
def test_without_the_congress_badge_there_is_no_link(few, change):
    demonstrate()
    answer_all()
    BadgeClass.objects.filter(slug="amcsti-2019").update(**change)

    assert demonstrate().startswith("Administrateur : ")


def test_every_badge_has_its_picture_and_its_description(monkeypatch):
    monkeypatch.setattr(people, "HOLDERS", 12)
    demonstrate()

    names = {badge_class.image for badge_class in BadgeClass.objects.all()}
    assert len(names) == 18
    for name in names:
        content, kind = pictures.read_variant(pictures.variant(name, "440.webp"))
        assert (kind, content[8:12]) == ("image/webp", b"WEBP")
    assert not BadgeClass.objects.filter(image_alt="").exists()
