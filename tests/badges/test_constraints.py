"""Every invariant is the database's own; each test is named by the constraint that it breaks."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Consent, Profile, User
from badges.enums import Origin
from badges.models import (
    Assertion,
    AwardEvent,
    BadgeTag,
    BadgeVersion,
    Batch,
    BatchLine,
    Endorsement,
    Evidence,
    HolderEvidence,
    ImportDraft,
    ImportedBadge,
    ListPreset,
    OptOut,
    SigningKey,
    StatusEntry,
    StatusList,
)
from badges.services.versions import current
from notifications.models import Message, Preference
from pages.models import Page, PageVersion
from tests.accounts import constraints as files_and_profiles
from tests.code import APPS
from tests.connections import constraints as connections
from tests.connections.recognition import breaches as recognition
from tests.factories import (
    AssertionFactory,
    BadgeClassFactory,
    IssuerFactory,
    IssuerMemberFactory,
    LegalDocumentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OURS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


def once_per_recipient():
    first = AssertionFactory(recipient_address="A@exemple.fr", recipient_name="Zoé")
    AssertionFactory(badge_class=first.badge_class, recipient_address="a@EXEMPLE.fr ", recipient_name="zoe")


def once_per_holder():
    first = AssertionFactory(accepted=True)
    AssertionFactory(badge_class=first.badge_class, accepted=True, holder=first.holder)


def accepted_has_holder():
    AssertionFactory(holder=UserFactory())


def declined_has_date():
    AssertionFactory(declined=True, declined_at=None)


def shown_is_accepted():
    AssertionFactory(visibility="public")


def values_known():
    Assertion.objects.filter(pk=AssertionFactory().pk).update(state="lost")


def revoked_has_reason():
    AssertionFactory(revoked_at=timezone.now())


def ends_after_start():
    BadgeClassFactory(starts_on=date(2019, 7, 5), ends_on=date(2019, 7, 3))


def members_count_public():
    BadgeClassFactory(public_recipients=2, member_recipients=1)


def member_once():
    member = IssuerMemberFactory()
    IssuerMemberFactory(issuer=member.issuer, user=member.user)


def line_number_unique():
    batch = Batch.objects.create(badge_class=BadgeClassFactory(), source="test")
    for _ in range(2):
        BatchLine.objects.create(batch=batch, number=1, value="x", outcome="invalid")


def batch_state_known():
    Batch.objects.create(badge_class=BadgeClassFactory(), source="test", state="lost")


def file_as_draft_only():
    Batch.objects.create(badge_class=BadgeClassFactory(), source="test", state="sending", raw=b"x")


def line_outcome_known():
    batch = Batch.objects.create(badge_class=BadgeClassFactory(), source="test")
    BatchLine.objects.create(batch=batch, number=1, value="x", outcome="lost")


def event_kind_known():
    AwardEvent.objects.create(assertion=AssertionFactory(), kind="lost")


def preset_once_per_owner():
    owner = UserFactory()
    for _ in range(2):
        ListPreset.objects.create(owner=owner, name="HelloAsso", address="Email")


def preset_once_for_all():
    for _ in range(2):
        ListPreset.objects.create(name="Outil", address="Email")


def preset_has_address():
    ListPreset.objects.create(name="Outil", address="")


def opt_out_once():
    issuer = IssuerFactory()
    for _ in range(2):
        OptOut.objects.create(issuer=issuer, folded_address="a@exemple.fr")


def issuer_once_per_iri():
    for _ in range(2):
        IssuerFactory(origin=Origin.ELSEWHERE, iri="https://ailleurs.example/e")


def issuer_here_with_iri():
    IssuerFactory(iri="https://ailleurs.example/e")


def badge_class_once_per_iri():
    issuer = IssuerFactory()
    for _ in range(2):
        BadgeClassFactory(issuer=issuer, iri="https://ailleurs.example/b")


def badge_version_once():
    version = current(BadgeClassFactory())
    BadgeVersion.objects.create(badge_class=version.badge_class, digest=version.digest, name="x")


def endorsement_once():
    version, issuer = current(BadgeClassFactory()), IssuerFactory()
    for _ in range(2):
        Endorsement.objects.create(version=version, issuer=issuer, comment="Bien.")


def evidence_says_nothing():
    Evidence.objects.create(assertion=AssertionFactory(), name="Preuve")


def given(**fields):
    return {"original": b"x", "container": "png", "sha256": "0" * 64, "iri": "https://a.example/1", **fields}


def draft_verdict_known():
    ImportDraft.objects.create(user=UserFactory(), label="x", **given(verdict="perhaps"))


def imported_once():
    holder = UserFactory()
    for _ in range(2):
        assertion = AssertionFactory(accepted=True, holder=holder)
        ImportedBadge.objects.create(holder=holder, assertion=assertion, **given(verdict="authentic"))


def imported_verdict_known():
    assertion = AssertionFactory(accepted=True)
    ImportedBadge.objects.create(holder=assertion.holder, assertion=assertion, **given(verdict="perhaps"))


def signing_key(**fields):
    return SigningKey.objects.create(**{"kind": "rsa", "public": "p", "sealed": b"x", **fields})


def two_keys_in_use():
    issuer = IssuerFactory()
    for _ in range(2):
        signing_key(issuer=issuer)


def revoked_key_in_use():
    signing_key(issuer=IssuerFactory(), revoked_at=timezone.now())


def key_kind_known():
    signing_key(issuer=IssuerFactory(), kind="dsa")


def status_place_once():
    status_list = StatusList.objects.create(issuer=IssuerFactory())
    for _ in range(2):
        StatusEntry.objects.create(status_list=status_list, index=7)


def version_unique():
    document = LegalDocumentFactory()
    LegalDocumentFactory(version=document.version)


def consent_once():
    user, document = UserFactory(), LegalDocumentFactory()
    for _ in range(2):
        Consent.objects.create(user=user, document=document, sha256=document.sha256)


def profile_visibility_known():
    Profile.objects.filter(pk=UserFactory().profile.pk).update(visibility="everyone")


def email_unique_without_case():
    UserFactory(email="alice@exemple.fr")
    User.objects.filter(pk=UserFactory().pk).update(email="ALICE@exemple.fr")


def message_state_known():
    Message.objects.create(key="k", kind="x", address="a@exemple.fr", state="lost")


def message_sent_has_date():
    Message.objects.create(key="k", kind="x", address="a@exemple.fr", state="sent")


def message_delivery_known():
    Message.objects.create(key="k", kind="x", address="a@exemple.fr", delivery="lost")


def page_values_known():
    Page.objects.create(owner=UserFactory(), title="Page", theme="rose")


def page_version_once():
    page = Page.objects.create(owner=UserFactory(), title="Page")
    for _ in range(2):
        PageVersion.objects.create(page=page, number=1, base=1)


def badge_tag_once():
    badge = AssertionFactory(accepted=True)
    BadgeTag.objects.create(assertion=badge, name="Été")
    BadgeTag.objects.create(assertion=badge, name="ete")


def holder_evidence_says_something():
    HolderEvidence.objects.create(assertion=AssertionFactory(accepted=True), name="Stand")


def preference_once_per_kind():
    person = UserFactory()
    for _ in range(2):
        Preference.objects.create(person=person, kind="badge-waiting", pace="daily")


def preference_pace_known():
    Preference.objects.create(person=UserFactory(), kind="badge-waiting", pace="hourly")


BREACHES = {
    "assertion_once_per_recipient": once_per_recipient,
    "assertion_once_per_holder": once_per_holder,
    "assertion_accepted_has_holder": accepted_has_holder,
    "assertion_declined_has_date": declined_has_date,
    "assertion_shown_is_accepted": shown_is_accepted,
    "assertion_values_known": values_known,
    "assertion_revoked_has_reason": revoked_has_reason,
    "badge_class_ends_after_start": ends_after_start,
    "badge_class_members_count_public": members_count_public,
    "badge_class_once_per_iri": badge_class_once_per_iri,
    "badge_version_once": badge_version_once,
    "issuer_once_per_proved_iri": issuer_once_per_iri,
    "issuer_here_has_no_iri": issuer_here_with_iri,
    "endorsement_once_per_issuer": endorsement_once,
    "evidence_says_something": evidence_says_nothing,
    "import_draft_verdict_known": draft_verdict_known,
    "imported_badge_once_per_holder": imported_once,
    "imported_badge_verdict_known": imported_verdict_known,
    "signing_key_one_in_use": two_keys_in_use,
    "signing_key_revoked_is_retired": revoked_key_in_use,
    "signing_key_kind_known": key_kind_known,
    "status_entry_place_once": status_place_once,
    "issuer_member_once": member_once,
    "batch_line_number_unique": line_number_unique,
    "batch_state_known": batch_state_known,
    "batch_keeps_file_as_draft_only": file_as_draft_only,
    "batch_line_outcome_known": line_outcome_known,
    "award_event_kind_known": event_kind_known,
    "list_preset_once_per_owner": preset_once_per_owner,
    "list_preset_once_for_all": preset_once_for_all,
    "list_preset_has_address": preset_has_address,
    "opt_out_once": opt_out_once,
    "legal_document_version_unique": version_unique,
    "consent_once_for_a_text": consent_once,
    "profile_visibility_known": profile_visibility_known,
    "user_email_unique_without_case": email_unique_without_case,
    "message_state_known": message_state_known,
    "message_sent_has_date": message_sent_has_date,
    "message_delivery_known": message_delivery_known,
    "page_values_known": page_values_known,
    "page_version_once": page_version_once,
    "badge_tag_once": badge_tag_once,
    "holder_evidence_says_something": holder_evidence_says_something,
    "preference_once_per_kind": preference_once_per_kind,
    "preference_pace_known": preference_pace_known,
    **files_and_profiles.BREACHES,
    **connections.BREACHES,
    **recognition.BREACHES,
}


def test_every_constraint_has_its_breach():
    named = {constraint.name for model in OURS for constraint in model._meta.constraints}

    assert set(BREACHES) == named


@pytest.mark.parametrize("name", BREACHES)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREACHES[name]()

    # SQLite names the index only of a unique constraint over expressions or with a condition in some versions.
    if connection.vendor == "postgresql" or "CHECK" in str(refusal.value):
        assert name in str(refusal.value)


def test_a_revoked_badge_can_be_awarded_again(alice):
    first = AssertionFactory(public=True, revoked=True, holder=alice, recipient_address="alice@exemple.fr")

    again = AssertionFactory(
        badge_class=first.badge_class,
        recipient_address="alice@exemple.fr",
        recipient_name=first.recipient_name,
    )

    assert Assertion.objects.waiting().get() == again
