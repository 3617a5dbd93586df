"""Invented rows. The cast: Alice holds, Bob is another member, Olga organises, Charlie has no account."""

from datetime import timedelta

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import LegalDocument, Profile, User
from badges.enums import AssertionState, Visibility
from badges.models import Assertion, BadgeClass, Issuer, IssuerMember
from badges.services import figures


class LegalDocumentFactory(DjangoModelFactory):
    class Meta:
        model = LegalDocument

    kind = "privacy"
    language = "fr"
    version = factory.Sequence(lambda n: n + 1)
    text = factory.LazyAttribute(lambda o: f"Déclaration, version {o.version}.")


class UserFactory(DjangoModelFactory):
    """An account with one proved address and a named, private profile."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        name = "Alice Martin"

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        name, password = kwargs.pop("profile_name"), kwargs.pop("password", None)
        user = model_class.objects.create_user(kwargs.pop("email"), password, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        first, _space, last = name.partition(" ")
        Profile.objects.create(user=user, first_name=first, last_name=last)
        return user

    profile_name = factory.SelfAttribute("name")


class IssuerFactory(DjangoModelFactory):
    class Meta:
        model = Issuer

    name = factory.Sequence(lambda n: f"Association {n}")
    slug = factory.Sequence(lambda n: f"association-{n}")
    country = "FR"


class IssuerMemberFactory(DjangoModelFactory):
    class Meta:
        model = IssuerMember

    issuer = factory.SubFactory(IssuerFactory)
    user = factory.SubFactory(UserFactory, name="Olga Petit", is_staff=True)


class BadgeClassFactory(DjangoModelFactory):
    class Meta:
        model = BadgeClass

    issuer = factory.SubFactory(IssuerFactory)
    name = factory.Sequence(lambda n: f"Badge {n}")
    slug = factory.Sequence(lambda n: f"badge-{n}")
    description = "Ce que ce badge reconnaît."
    criteria = "Avoir participé."
    image = f"{'0' * 64}.png"
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    public_activity_at = factory.LazyAttribute(lambda o: o.published_at or timezone.now())
    member_activity_at = factory.SelfAttribute("public_activity_at")


class AssertionFactory(DjangoModelFactory):
    """A waiting badge; `accepted`, `declined` and `revoked` are the other states. Counts of the gallery follow."""

    class Meta:
        model = Assertion

    class Params:
        accepted = factory.Trait(
            state=AssertionState.ACCEPTED,
            accepted_at=factory.LazyFunction(timezone.now),
            holder=factory.SubFactory(UserFactory, name=factory.SelfAttribute("..recipient_name")),
        )
        shown = factory.Trait(accepted=True, shown_at=factory.SelfAttribute("accepted_at"))
        members = factory.Trait(shown=True, visibility=Visibility.MEMBERS)
        public = factory.Trait(shown=True, visibility=Visibility.PUBLIC)
        declined = factory.Trait(
            state=AssertionState.DECLINED, declined_at=factory.LazyFunction(timezone.now)
        )
        revoked = factory.Trait(revoked_at=factory.LazyFunction(timezone.now), revocation_reason="mistake")

    badge_class = factory.SubFactory(BadgeClassFactory)
    recipient_address = factory.Sequence(lambda n: f"invitee{n}@exemple.fr")
    recipient_name = factory.Sequence(lambda n: f"Camille Durand{n}")
    claim_until = factory.LazyFunction(lambda: timezone.now() + timedelta(days=90))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        assertion = super()._create(model_class, *args, **kwargs)
        nothing = figures.Listing(frozenset(), None)
        figures.move(assertion.badge_class_id, nothing, figures.Listing.of(assertion))
        return assertion
