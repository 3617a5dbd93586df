"""Documents that were asked for and could not be had. What an address answered is never repeated."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, "StrOrPromise"] = {
    # One sentence for all that is refused: nobody learns from it which names and addresses exist inside.
    "fetch-refused": _(
        "%(address)s was not asked: no site of this name is open on the Internet. "
        "Check the address, or try again later."
    ),
    "fetch-no-answer": _(
        "%(address)s gives no answer that can be read: the server is down, or its certificate is not good. "
        "Try again later."
    ),
    "fetch-too-slow": _("%(address)s takes too long to answer. Try again later."),
    "fetch-too-big": _("%(address)s answers more than a document of a badge can hold: it was not read."),
    "fetch-redirects": _("%(address)s sends from address to address: the fourth was not asked."),
    "fetch-encoding": _(
        "%(address)s answers in a compressed form, which was not asked for: it was not read."
    ),
    "document-not-given": _("%(address)s is not among the documents that were given."),
    "document-unreadable": _("The file that was given for %(address)s cannot be read. Check its path."),
    "page-of-ours": _(
        "%(address)s is a page of this site, not a document of a badge. Give the badge’s file, or the address in it."
    ),
}
