"""A badge from elsewhere comes into its person's passport, private, with all that proves it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from badges import pictures
from badges.enums import AssertionState, Origin, Visibility
from badges.exceptions import NotPossible
from badges.models import (
    Assertion,
    BadgeClass,
    BadgeVersion,
    ImportDraft,
    ImportedBadge,
    Issuer,
    SignedDocuments,
)
from badges.services.figures import true_figures
from badges.services.imports.keep import keep, keep_all
from badges.services.imports.read import Given, read
from badges.services.show import show
from notifications.models import Message
from tests.badges.services.imports.elsewhere import SITE, picture
from tests.cost import peak
from tests.factories import BadgeClassFactory, IssuerFactory, UserFactory

pytestmark = pytest.mark.django_db


def draft_of(raw: bytes, user) -> ImportDraft:
    [draft] = read(given=[Given("badge", raw)], user=user).drafts
    return draft


@pytest.fixture
def kept(web):
    """Keeps a hosted badge for somebody; the arguments are those of `web.award`."""

    def make(user, *, baked: bool = False, **award) -> Assertion:
        address = web.award(to=award.pop("to", user.email), **award)
        raw = web.baked(address) if baked else web.text(address)
        return keep(draft=draft_of(raw, user), holder=user)

    return make


def test_it_is_accepted_private_and_not_ours(web, alice, kept):
    assertion = kept(alice)

    assert (assertion.state, assertion.visibility) == (AssertionState.ACCEPTED, Visibility.PRIVATE)
    assert (assertion.holder, assertion.recipient_address) == (alice, "alice@exemple.fr")
    assert assertion.recipient_name == "Alice Martin"
    assert assertion.issued_at == datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert assertion.expires_at is None
    assert not ImportDraft.objects.exists()
    assert not SignedDocuments.objects.exists()
    assert not Message.objects.exists()


def test_what_it_says_is_copied(web, alice, kept):
    assertion = kept(
        alice,
        assertion={
            "narrative": "Deux heures d’atelier.",
            "evidence": [{"id": "https://badges.example/photo", "name": "La pièce"}],
            "expires": "2099-01-01T00:00:00Z",
        },
    )

    said = assertion.recognises
    assert isinstance(said, BadgeVersion)
    assert (said.name, said.description) == ("Soudure à l’arc", "Sait souder deux tôles.")
    assert (said.criteria, said.tags) == ("Avoir soudé **deux tôles**.", ["métal"])
    assert assertion.expires_at == datetime(2099, 1, 1, tzinfo=UTC)
    assert list(assertion.evidence.values_list("name", "narrative", "url")) == [
        ("Ce qui a été fait", "Deux heures d’atelier.", ""),
        ("La pièce", "", "https://badges.example/photo"),
    ]


def test_the_original_and_what_was_read_are_kept(web, alice):
    address = web.award()
    raw = web.baked(address)

    imported = keep(draft=draft_of(raw, alice), holder=alice).imported

    assert (bytes(imported.original), imported.container) == (raw, "png")
    assert (imported.iri, imported.verdict) == (f"{SITE}/badge {SITE}/assertions/1", "authentic")
    assert json.loads(imported.copies[f"{SITE}/badge"]) == web.pages[f"{SITE}/badge"]
    assert set(imported.copies) == {address, f"{SITE}/badge", f"{SITE}/issuer"}
    assert "picture" not in imported.report
    assert imported.due_at - imported.verified_at == timedelta(hours=23)


def test_the_picture_is_the_issuers(web, alice, kept):
    web.pages[f"{SITE}/badge.png"] = green = picture("green")

    assertion = kept(alice, baked=True)

    assert assertion.badge_class.image == assertion.recognises.image == pictures.store(green)
    assert pictures.read_variant(pictures.variant(assertion.recognises.image, "440.webp"))


def test_without_it_the_award_shows_its_own_picture_and_the_badge_a_neutral_one(web, alice, kept):
    web.pages[f"{SITE}/badge.png"] = 404

    assertion = kept(alice, baked=True)

    neutral = pictures.store((pictures_root() / "unknown-badge.svg").read_bytes())
    assert assertion.badge_class.image == neutral
    assert assertion.recognises.image not in {neutral, ""}


@pytest.mark.parametrize("content", [b"GIF89a", b"", picture(side=20), b"<svg><script/></svg>"])
def test_a_picture_that_cannot_be_drawn_is_replaced(web, alice, kept, content):
    web.pages[f"{SITE}/badge.png"] = content

    assertion = kept(alice)

    assert assertion.recognises.image == pictures.store((pictures_root() / "unknown-badge.svg").read_bytes())


def pictures_root():
    from django.conf import settings  # noqa: PLC0415

    return settings.BASE_DIR / "static" / "img"


def test_a_proved_issuer_is_one_row_whoever_imports(web, alice, bob, kept):
    first, second = kept(alice), kept(bob, number=2)

    issuer = Issuer.objects.get()
    assert (issuer.origin, issuer.iri, issuer.country) == (Origin.ELSEWHERE, f"{SITE}/issuer", "")
    assert first.badge_class == second.badge_class
    assert first.version == second.version
    assert first.badge_class.iri == f"{SITE}/badge"


def test_it_is_in_the_gallery_while_somebody_shows_it(web, alice, kept):
    assertion = kept(alice)
    badge_class = BadgeClass.objects.get()
    assert not BadgeClass.objects.published().exists()

    shown = show(assertion=assertion, visibility=Visibility.PUBLIC)

    assert BadgeClass.objects.published().get() == badge_class
    assert badge_class.issuer in Issuer.objects.in_gallery()
    figures = BadgeClass.objects.values(*true_figures(badge_class)).get()
    assert figures == true_figures(badge_class)
    show(assertion=shown, visibility=Visibility.PRIVATE)
    assert not BadgeClass.objects.published().exists()


def test_a_later_wording_is_the_award_s_alone(web, alice, bob, kept):
    first = kept(alice)
    second = kept(bob, number=2, badge={"name": "Autre nom", "description": "Autre texte."})

    first.badge_class.refresh_from_db()
    assert (first.badge_class.name, first.recognises.name) == ("Soudure à l’arc", "Soudure à l’arc")
    assert second.badge_class == first.badge_class
    assert (second.recognises.name, second.recognises.description) == ("Autre nom", "Autre texte.")


def test_a_same_named_import_never_changes_what_others_see(web, alice, bob, kept, client):
    amcsti = IssuerFactory(name="Amcsti", slug="amcsti")
    badge = BadgeClassFactory(issuer=amcsti, name="Congrès", slug="congres", description="Le vrai.")
    pages = ["/galerie/badges/", "/galerie/badges/congres/", "/galerie/emetteurs/amcsti/"]
    before = [client.get(page).content for page in pages]
    rows = Issuer.objects.values().get(), BadgeClass.objects.values().get()

    named = {"issuer": {"name": "Amcsti"}, "badge": {"name": "Congrès", "description": "Le faux."}}
    kept(alice, **named)
    web.pages.clear()
    claimed = web.award(to=bob.email, site="https://autre.example", **named)
    raw = web.text(claimed)
    web.pages.clear()
    keep(draft=draft_of(raw, bob), holder=bob)

    assert [client.get(page).content for page in pages] == before
    assert (Issuer.objects.values().get(pk=amcsti.pk), BadgeClass.objects.values().get(pk=badge.pk)) == rows
    assert not Issuer.objects.filter(slug__startswith="amcsti-2").exists()


def test_what_is_only_claimed_is_nobodys_and_in_no_gallery(web, alice, bob):
    rows = []
    for user in (alice, bob):
        raw = web.text(web.award(to=user.email, number=user.pk))
        web.pages.clear()
        rows.append(keep(draft=draft_of(raw, user), holder=user))

    first, second = rows
    assert {row.badge_class.issuer.origin for row in rows} == {Origin.CLAIMED}
    assert first.badge_class.issuer != second.badge_class.issuer
    show(assertion=first, visibility=Visibility.PUBLIC)
    assert not BadgeClass.objects.published().exists()
    assert first.imported.verdict == "unreachable"
    assert first.imported.unreachable_since == first.imported.verified_at


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"revoked": True}, "a révoqué ce badge"),
        ({"issuedOn": "n’importe quand"}, "non valide"),
    ],
)
def test_a_bad_verdict_is_not_kept(web, alice, change, sentence):
    draft = draft_of(web.text(web.award(assertion=change)), alice)

    with pytest.raises(NotPossible, match=sentence):
        keep(draft=draft, holder=alice)

    assert ImportDraft.objects.filter(pk=draft.pk).exists()
    assert not Assertion.objects.exists()
    assert not Issuer.objects.exists()


def test_what_was_changed_on_its_way_is_not_kept(web, alice):
    raw = web.text(web.award()).replace(b"2024-05-03", b"2020-05-03")

    with pytest.raises(NotPossible, match="modifié"):
        keep(draft=draft_of(raw, alice), holder=alice)


@pytest.mark.parametrize(
    "dates, verdict",
    [
        ({"expires": "2024-06-01T00:00:00Z"}, "expired"),
        ({"issuedOn": "2099-06-01T00:00:00Z"}, "not_yet_valid"),
    ],
)
def test_a_badge_out_of_its_time_is_kept_as_such(web, alice, kept, dates, verdict):
    assertion = kept(alice, assertion=dates)

    assert assertion.imported.verdict == verdict
    assert assertion.is_expired == (verdict == "expired")
    origin = Origin.ELSEWHERE if verdict == "expired" else Origin.CLAIMED
    assert assertion.badge_class.issuer.origin == origin


@pytest.mark.parametrize(
    "to", ["bob@exemple.fr", "alice+badges@exemple.fr", "al\u0131ce@exemple.fr", "alice\uff20exemple.fr", ""]
)
def test_somebody_elses_badge_is_not_kept(web, alice, to):
    draft = draft_of(web.text(web.award(to=to)), alice)

    with pytest.raises(NotPossible, match="délivré à une autre adresse"):
        keep(draft=draft, holder=alice)


@pytest.mark.parametrize("to", ["Alice@exemple.fr", "ALICE@EXEMPLE.FR", "alice@exemple.fr"])
def test_another_case_is_the_same_address(web, alice, kept, to):
    assert kept(alice, to=to).recipient_address == "alice@exemple.fr"


def test_an_address_that_is_not_confirmed_proves_nothing_until_it_is(web, alice):
    address = EmailAddress.objects.create(user=alice, email="alice@travail.fr", verified=False)
    draft = draft_of(web.text(web.award(to="alice@travail.fr")), alice)
    with pytest.raises(NotPossible):
        keep(draft=draft, holder=alice)

    EmailAddress.objects.filter(pk=address.pk).update(verified=True)

    assert keep(draft=draft, holder=alice).recipient_address == "alice@travail.fr"


@pytest.mark.parametrize(
    "recipient",
    [
        {"type": "url", "hashed": False, "identity": "https://alice.example/"},
        {"type": "telephone", "hashed": False, "identity": "+33612345678"},
        {"type": "id", "hashed": False, "identity": "did:key:z6MkAlice"},
    ],
)
def test_a_badge_without_an_address_proves_nothing(web, alice, recipient):
    draft = draft_of(web.text(web.award(assertion={"recipient": recipient})), alice)

    with pytest.raises(NotPossible, match="ne désigne personne par une adresse e-mail"):
        keep(draft=draft, holder=alice)


def test_a_plain_address_is_compared_as_it_is(web, alice, kept):
    recipient = {"type": "email", "hashed": False, "identity": "Alice@exemple.fr"}

    assert kept(alice, assertion={"recipient": recipient}).recipient_address == "alice@exemple.fr"


@pytest.mark.parametrize(
    "spelling", ["http://badges.example/assertions/1", "https://badges.example/%61ssertions/1"]
)
def test_the_same_badge_is_kept_once_however_it_is_spelled(web, alice, kept, spelling):
    kept(alice)
    web.pages[spelling] = web.pages[f"{SITE}/assertions/1"] | {"id": spelling}
    draft = draft_of(web.text(spelling), alice)

    with pytest.raises(NotPossible, match="avez déjà ce badge"):
        keep(draft=draft, holder=alice)

    assert ImportedBadge.objects.count() == 1


def test_a_neighbour_on_one_platform_takes_neither_the_row_nor_the_place_of_another(web, alice, kept):
    issuers = []
    for name in ("vict%69m", "victim.json", "victim"):
        site = f"{SITE}/u/{name}"
        kept(alice, site=site, issuer={"id": site, "name": name}, badge={"issuer": site})
        issuers.append(Issuer.objects.get(name=name).iri)

    assert issuers == [f"{SITE}/u/vict%69m", f"{SITE}/u/victim.json", f"{SITE}/u/victim"]
    assert ImportedBadge.objects.count() == 3


def test_a_second_award_of_one_badge_is_kept_beside_the_first(web, alice, kept):
    """Renewed each year, say. In the gallery a person counts once."""
    first, second = kept(alice, number=1), kept(alice, number=2)

    assert first.badge_class.issuer == second.badge_class.issuer
    assert first.badge_class != second.badge_class
    assert (first.badge_class.published_at is None, second.badge_class.published_at) == (False, None)
    assert second.badge_class.iri != ""


def test_a_draft_of_somebody_else_is_not_there(web, alice, bob):
    draft = draft_of(web.text(web.award()), alice)

    with pytest.raises(NotPossible, match="n’attend plus"):
        keep(draft=draft, holder=bob)


def test_all_that_may_be_kept_is_kept(web, alice):
    good = [
        web.text(
            web.award(
                number=number,
                badge={"id": f"{SITE}/badge/{number}"},
                assertion={"badge": f"{SITE}/badge/{number}"},
            )
        )
        for number in (1, 2)
    ]
    other = web.text(web.award(to="bob@exemple.fr", number=3))
    read(given=[Given("badge", raw) for raw in [*good, other, good[0] + b" "]], user=alice)

    done = keep_all(user=alice)

    assert (done.kept, done.left) == (2, 1)  # the second writing of the first badge waits with its reason
    assert Assertion.objects.filter(holder=alice).count() == 2
    assert ImportDraft.objects.count() == 2


def test_drafts_are_kept_one_in_memory_at_a_time(web, alice):
    address = web.award()
    read(given=[Given("badge", web.text(address))], user=alice)
    heavy = ImportDraft.objects.get()
    for number in range(40):
        heavy.pk, heavy.iri, heavy.original = None, f"urn:heavy:{number}", bytes(1_000_000)
        heavy.save()

    assert peak(lambda: keep_all(user=alice)) < 30_000_000  # all of them at once are 40


def test_what_time_does_not_allow_waits(web, alice, monkeypatch):
    monkeypatch.setattr("badges.services.imports.keep.SECONDS", -1.0)
    read(given=[Given("badge", web.text(web.award()))], user=alice)

    assert keep_all(user=alice).left == 1
    assert ImportDraft.objects.count() == 1


def test_very_long_names_and_addresses_fit_their_columns(web, alice, kept):
    long = "https://badges.example/" + "x" * 900
    assertion = kept(
        alice,
        issuer={"name": "É" * 900, "url": long, "description": "d" * 9000, "email": "a" * 300 + "@b.fr"},
        badge={
            "name": "N" * 900,
            "description": "d" * 9000,
            "tags": ["t" * 500] * 90,
            "criteria": {"id": long, "narrative": "c" * 9000},
        },
        assertion={"evidence": [{"id": long, "name": "n" * 900, "narrative": "e" * 9000}]},
    )

    for row in (assertion, assertion.badge_class, assertion.badge_class.issuer, assertion.version):
        for column in row._meta.concrete_fields:
            value = getattr(row, column.attname)
            assert column.max_length is None or len(str(value).replace("-", "")) <= column.max_length, column
    [evidence] = assertion.evidence.all()
    assert (len(evidence.name), len(evidence.narrative) <= 5_000, evidence.url) == (200, True, "")


def test_identifiers_that_fit_no_column_are_refused(web, alice):
    long = "https://badges.example/" + "x" * 1_500
    draft = draft_of(web.text(web.award(assertion={"id": long})), alice)

    with pytest.raises(NotPossible, match="identifiant"):
        keep(draft=draft, holder=alice)


def test_direction_marks_and_markup_stay_letters(web, alice, kept):
    assertion = kept(alice, issuer={"name": "Amcsti\u202egro.live"}, badge={"name": "<b>Badge</b>\u200b"})

    assert assertion.badge_class.issuer.name == "Amcstigro.live"
    assert assertion.recognises.name == "<b>Badge</b>"


def test_a_person_without_a_name_keeps_badges_without_one(web, kept):
    nobody = UserFactory(name="", email="sans-nom@exemple.fr")

    assert kept(nobody).recipient_name == ""


def test_in_a_crowd_nothing_is_half_kept(web, alice, request):
    draft = draft_of(web.text(web.award()), alice)
    request.getfixturevalue("crowd")

    with pytest.raises(NotPossible, match="Réessayez dans une minute"):
        keep(draft=draft, holder=alice)

    assert ImportDraft.objects.filter(pk=draft.pk).exists()
    assert not Issuer.objects.exists()
