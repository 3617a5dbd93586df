"""Open Badges 3.0: credentials, their issuers' keys, status, endorsements."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, "StrOrPromise"] = {
    # What it is
    "credential-broken": _("This is not a credential: a signed text that holds no document."),
    "credential-no-award": _(
        "This is a genuine kind of document (%(kind)s), but no badge awarded to anybody."
    ),
    "credential-not-badge": _("This is a credential of another kind (%(types)s), not an Open Badge."),
    "type-not-badge": _("The document looks like a badge, but its type (%(types)s) is not that of one."),
    # Shape
    "context-missing": _("The badge does not begin with the vocabulary that every credential begins with."),
    "contexts-too-many": _("The badge names more than %(limit)s vocabularies: it is not read."),
    "issuer-missing": _("The badge does not say who issued it."),
    "issuer-refused": _("The issuer’s identifier “%(issuer)s” is not one by which an issuer can be found."),
    "schema-broken": _(
        "The badge lacks something that Open Badges 3.0 asks for, or has it wrong: %(where)s."
    ),
    "schema-unknown": _(
        "The badge asks to be checked by the schema %(address)s, which is not known here: it is not accepted."
    ),
    "schema-unread": _("The badge names the schema %(address)s, which is not read here."),
    # Dates
    "date-unreadable": _("The date “%(value)s” (%(property)s) cannot be read."),
    "proof-expired": _("The signature counted until a date that is past (%(at)s)."),
    # Signature
    "no-proof": _("The badge carries no signature: anybody could have written it."),
    "proofs-too-many": _("The badge holds more signatures than are checked at once: not all were looked at."),
    "claim-differs": _("The signed text contradicts itself: “%(claim)s” is not what the badge says."),
    "claim-unreadable": _("“%(claim)s” in the signed text is not a date."),
    # Keys
    "method-refused": _("The key “%(method)s” is neither at an address nor in a form that is read here."),
    "did-refused": _("The identifier “%(did)s” is not one that is read here."),
    "key-not-named": _("The signature does not say by which key it was made."),
    "key-not-found": _("There is no key at %(key)s any more. Ask the issuer for a new copy of the badge."),
    "key-not-listed": _("The issuer does not list the key (%(key)s) that signed the badge as its own."),
    "key-of-other": _("The key (%(key)s) that signed the badge belongs to somebody else than the issuer."),
    "keys-not-told": _(
        "The key (%(key)s) is on the issuer’s site, but the issuer does not say that it is one of its own: anybody may "
        "have put it there. Ask the issuer to list its keys."
    ),
    "key-without-issuer": _(
        "The signature is good, but nothing says that its key is the issuer’s: %(issuer)s does not answer."
    ),
    "key-revoked": _("The issuer has withdrawn the key (%(key)s) that signed the badge."),
    "key-expires": _("The key (%(key)s) that signed the badge counts no more."),
    # Issuer
    "issuer-without-address": _(
        "The issuer’s identifier (%(issuer)s) has no address: nobody can be asked which keys are the issuer’s."
    ),
    "issuer-self-asserted": _(
        "The signature is good, but nothing says whose this key is: the issuer’s name is what the signer chose to "
        "write (%(issuer)s)."
    ),
    "issuer-document-of-other": _("The address %(issuer)s answers the document of another issuer."),
    "issuer-document-unreadable": _(
        "%(address)s answers something else than the document that tells the issuer’s keys."
    ),
    "document-from-elsewhere": _("%(address)s sends to another site, which cannot speak for it."),
    # Newer version
    "refresh-newer": _("The issuer has a newer version of this badge (%(address)s): it is the one shown."),
    "refresh-none": _("The issuer gives no newer version of this badge (%(address)s)."),
    # Status
    "status-good": _("The issuer’s list of revocations was read: the badge is not in it."),
    "status-not-offered": _("The issuer keeps no list of revocations for this badge."),
    "status-revoked": _("The issuer has revoked this badge."),
    "status-revoked-because": _("The issuer has revoked this badge: “%(reason)s”."),
    "status-suspended": _("The issuer has suspended this badge."),
    "status-unreachable": _(
        "Whether the badge was revoked is not known: the issuer’s list (%(address)s) does not answer."
    ),
    "status-list-refused": _(
        "Whether the badge was revoked is not known: the list at %(address)s is not a good one of this issuer."
    ),
    "status-kind-unknown": _(
        "Whether the badge was revoked is not known: the issuer tells it in a way (%(kind)s) not read here."
    ),
    "status-purpose-other": _(
        "The issuer also keeps a list for another purpose (%(purpose)s), which was not read."
    ),
    "status-too-many": _("The badge names too many lists of revocations: not all were read."),
    # Endorsements
    "endorsement-proved": _("%(issuer)s endorses this badge: its signature is good."),
    "endorsement-doubtful": _("An endorsement in the name of %(issuer)s could not be proved."),
    "endorsements-unread": _("Other endorsements were not looked at: %(count)s."),
    "endorsements-too-many": _("The badge holds more than %(limit)s endorsements: it is not accepted."),
}
