"""Open Badges 0.5 to 2.0: what they hold, what their issuers' servers answer, who signed them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FOUND: dict[str, "StrOrPromise"] = {
    "found-in-png": _("A badge was found in the PNG image."),
    "found-in-svg": _("A badge was found in the SVG image."),
    "found-in-pdf": _("A badge was found in the PDF file."),
    "found-in-json": _("A badge was found in the text (JSON)."),
    "found-in-jws": _("A signed badge was found in the text."),
    "found-in-address": _("The address was followed."),
    "both-agree": _(
        "The image holds the badge twice, for two versions of the standard: version 3.0 was verified."
    ),
    "both-unknown": _(
        "The image also holds a badge for another version of the standard, which was not verified: nothing says that "
        "it is the same one."
    ),
    "both-differ": _(
        "The image holds two badges that do not say the same. Ask the issuer for a new image of the badge."
    ),
    "address-no-badge": _(
        "No badge is at this address. Give the address of the badge itself, or download its image and give that."
    ),
    "address-of-address": _(
        "This address only leads to another address. Give the address of the badge itself."
    ),
    "address-refused": _("“%(address)s” is not an address that can be asked."),
    "answer-status": _("%(address)s answers with an error (%(status)s). Try again later."),
    "answer-not-text": _("What %(address)s answers is not a text."),
    "documents-too-many": _("This badge refers to too many documents: %(address)s was not asked."),
}
SHAPE: dict[str, "StrOrPromise"] = {
    "not-a-badge": _("This is not an Open Badge: nothing in it says that a badge was given."),
    "learner-record": _(
        "This is a learner record (CLR), which may hold badges but is not one. Give the badges one by one."
    ),
    "standard-known": _("It follows Open Badges %(version)s."),
    "standard-unknown": _("No known version of Open Badges is named in this document."),
    "type-none": _("The document does not say what it is, or says something that Open Badges does not know."),
    "type-strange": _("“%(type)s” is not a kind of document that Open Badges knows."),
    "type-unknown": _(
        "This is a part of a badge, or a document of another kind: there is nothing to verify."
    ),
    "no-award": _("This describes a badge or who gives it (%(kind)s): it was not given to anybody."),
    "term-redefined": _("The document gives “%(term)s” another meaning than the standard does."),
    "context-foreign": _(
        "The document takes words from %(address)s, which is not known here: they may mean something else."
    ),
    "shape-good": _("Everything that the standard requires is there (%(kind)s)."),
    "property-missing": _("“%(property)s”, which the standard requires, is missing (%(kind)s)."),
    "property-wrong": _("“%(property)s” is not what the standard requires (%(kind)s)."),
    "property-expected": _("“%(property)s” is missing (%(kind)s). Some issuers forget it: it is tolerated."),
    "zone-missing": _("The date “%(property)s” does not say in which time zone it is: UTC is assumed."),
    "image-embedded": _("The image is written into the badge, where the standard asks for an address."),
    "extension-good": _("The extension “%(name)s” is well formed."),
    "extension-broken": _("The extension “%(name)s” is not as it was published."),
    "extension-unknown": _("The extension “%(name)s” is not known here: it is kept and not verified."),
}
SOURCE: dict[str, "StrOrPromise"] = {
    "way-unknown": _("The badge does not say how it can be verified."),
    "hosted-nowhere": _(
        "The badge should be read on its issuer’s site, but “%(id)s” is not the address of a site."
    ),
    "hosted-read": _("The issuer’s site shows this badge at %(address)s."),
    "hosted-plain": _("%(address)s is not protected (http): the answer could be changed on its way."),
    "hosted-gone": _("The issuer’s site does not have this badge any more (%(address)s)."),
    "hosted-unreadable": _("%(address)s does not answer with a badge: it may have been withdrawn."),
    "hosted-other": _("%(address)s answers with something else than the award of a badge."),
    "hosted-id": _("The badge at %(address)s says that it is another one (%(id)s)."),
    "hosted-differs": _(
        "“%(property)s” is not what the issuer’s site says: this copy of the badge was changed."
    ),
    "oldest-unplaced": _(
        "A badge of this age can be verified only at the address that it came from. Give that address."
    ),
    "alone-unplaced": _("This document does not say where it comes from: it cannot be verified."),
    "redirect-elsewhere": _("The answer came from another site (%(address)s), which proves nothing."),
    "linked-read": _("%(address)s was read (%(kind)s)."),
    "linked-kind": _("%(address)s answers with something else than what the badge needs there (%(kind)s)."),
    "linked-unreadable": _("%(address)s does not answer with a document that can be read (%(kind)s)."),
    "id-elsewhere": _("The document at %(address)s is said to belong to another site (%(id)s)."),
    "id-differs": _(
        "The document at %(address)s calls itself %(id)s. It is on the same site: it is tolerated."
    ),
    "badge-elsewhere": _(
        "The badge is described at %(address)s, for which the issuer %(issuer)s does not answer."
    ),
    "scope-good": _("The badge, its description and its issuer are on the same site, or name each other."),
    "scope-outside": _("The badge is at %(address)s, for which the issuer %(issuer)s does not answer."),
    "scope-unknown": _("The issuer says which badges are its own in a way that is not read here."),
}
SIGNED: dict[str, "StrOrPromise"] = {
    "signature-good": _("The signature is good: nothing was changed since it was made."),
    "signature-missing": _(
        "The badge says that it is signed, but the signature is missing. Give the signed badge."
    ),
    "signed-otherwise": _("The text is signed, but the badge does not say so: the signature proves nothing."),
    "signed-no-award": _("The signed text is not the award of a badge."),
    "key-of-issuer": _("The key %(address)s is the issuer’s."),
    "key-not-of-issuer": _("The key %(address)s is not one that the issuer says to be its own."),
}
STATE: dict[str, "StrOrPromise"] = {
    "revoked": _("The issuer has revoked this badge."),
    "revoked-because": _("The issuer has revoked this badge, and says why: “%(reason)s”."),
    "revoked-unproved": _(
        "It is said that this badge was revoked, but nothing proves that its issuer says so. Ask the issuer."
    ),
    "list-none": _("The issuer keeps no list of revoked badges."),
    "list-clear": _("The badge is not among those that its issuer has revoked."),
    "list-broken": _("The issuer’s list of revoked badges cannot be understood."),
    "list-unreachable": _(
        "The issuer’s list of revoked badges cannot be had (%(address)s): the state of this one is not known."
    ),
    "dates-good": _("The badge has not expired, and is not dated in the future."),
    "dates-crossed": _("The badge expires before it was given."),
    "date-expired": _("The badge has expired (%(date)s)."),
    "date-future": _("The badge is dated in the future (%(date)s)."),
    "recipient-not-asked": _("Nobody said for whom the badge should be: its recipient was not compared."),
    "recipient-good": _("The badge is for the person whose address was given."),
    "recipient-other": _("The badge is not for any of the addresses that were given."),
    "endorsement-good": _("Somebody endorses this badge: %(address)s."),
    "endorsement-other": _("%(address)s does not endorse this badge, though the badge says so."),
    "endorsement-unread": _("An endorsement of this badge could not be read: %(address)s."),
    "endorsements-more": _("%(count)s more endorsements were not read."),
}
SENTENCES: dict[str, "StrOrPromise"] = {**FOUND, **SHAPE, **SOURCE, **SIGNED, **STATE}
