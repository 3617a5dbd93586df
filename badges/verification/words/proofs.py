"""Open Badges 3.0, keys and signatures; JSON as all versions are written in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, "StrOrPromise"] = {
    # JSON
    "json-too-big": _("The document is longer than %(limit)s KB: it is not read."),
    "json-too-deep": _("The document has more than %(limit)s levels one inside the other: it is not read."),
    "json-too-many": _("The document has more than %(limit)s entries: it is not read."),
    "json-broken": _("This is not well-formed JSON. The file may be cut or damaged: ask for a new copy."),
    "json-duplicate-key": _(
        "The document gives one name two values: it can be read in two ways, so it is not believed."
    ),
    "json-number": _("The document has a number that cannot be read exactly."),
    "json-text": _("The document has characters that no text has: control characters, or broken ones."),
    # Encodings
    "text-encoding": _("A part of the document is not in the encoding that the standard asks for."),
    "jws-too-big": _("The signed text is longer than %(limit)s KB: it is not read."),
    "jws-broken": _(
        "The signed text does not have the three parts that it should. It may be cut: ask for a new copy."
    ),
    "jws-extension": _("The signed text asks for an extension that is not understood here."),
    # JSON-LD
    "context-unknown": _("The badge uses the vocabulary %(address)s, which is not known here."),
    "context-inline": _(
        "The badge brings its own meaning of words, so that what is shown may not be what was signed."
    ),
    "term-dropped": _(
        "The word “%(term)s” is in no vocabulary of the badge: the signature does not cover it."
    ),
    "term-disguised": _("“%(term)s” is written so that readers may not see it."),
    "identifier-relative": _(
        "“%(identifier)s” is not a full identifier or type: the signature does not cover it."
    ),
    "graph-too-hard": _("The badge is made in such a way that reading it would take too long."),
    "document-not-jsonld": _("The badge does not keep the rules of JSON-LD."),
    # Keys
    "key-unreadable": _("The key is not in a form that is read here."),
    "key-too-weak": _("The key is too weak to prove anything."),
    "key-private": _("The issuer’s document shows a private key: everybody can sign with it."),
    # Signatures
    "alg-refused": _("The signature’s method “%(alg)s” is not accepted."),
    "alg-not-of-key": _("The signature’s method %(alg)s does not go with the issuer’s key."),
    "signature-wrong": _(
        "The signature is not that of this text with this key: the badge was modified or is forged."
    ),
    "proof-suite-unknown": _("The proof is of the kind “%(suite)s”, which is not read here."),
    "proof-purpose": _("The proof was made for another purpose (“%(purpose)s”) than to issue a badge."),
    "proof-value": _("The proof’s value cannot be read."),
    "proof-chain": _("The proof follows another one that the badge does not have."),
    "proof-context": _("The proof was made for a document with other vocabularies."),
    # Status lists
    "status-list-broken": _("The issuer’s list of revocations cannot be read."),
    "status-index": _("The badge’s place (%(index)s) is not in the issuer’s list of revocations."),
}
