"""Every invariant is the database's own; each test is named by the constraint that it breaks."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Consent, LegalDocument, Profile, User
from badges.models import (
    Assertion,
    AwardEvent,
    BadgeClass,
    Batch,
    BatchLine,
    Issuer,
    IssuerMember,
    ListPreset,
    OptOut,
)
from connections.models import BadgeFollow
from notifications.models import Message
from tests.factories import (
    AssertionFactory,
    BadgeClassFactory,
    IssuerFactory,
    IssuerMemberFactory,
    LegalDocumentFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OURS = [
    Assertion,
    AwardEvent,
    BadgeClass,
    Batch,
    BatchLine,
    Issuer,
    IssuerMember,
    ListPreset,
    OptOut,
    Consent,
    LegalDocument,
    Profile,
    User,
    Message,
    BadgeFollow,
]


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


def follow_once():
    user, badge_class = UserFactory(), BadgeClassFactory()
    for _ in range(2):
        BadgeFollow.objects.create(user=user, badge_class=badge_class)


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
    "badge_follow_once": follow_once,
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
