"""What a verifier says now of what this site signed for an award."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from badges.admin.award.documents import LABELS
from badges.formats.report import Verdict
from badges.models import Assertion, SignedDocuments
from badges.verification import shown
from badges.verification.judge import judge
from badges.verification.ours import Ours
from badges.verification.sources import Files

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise, StrPromise


@dataclass(frozen=True)
class Judged:
    label: "StrPromise"
    verdict: Verdict
    word: "StrOrPromise"
    meaning: "StrOrPromise"
    lines: list[shown.Line]


def verify(model_admin, request: HttpRequest, object_id: int) -> HttpResponse:
    assertion = model_admin.open(request, object_id)
    found = SignedDocuments.objects.filter(assertion=assertion).first()
    if request.method != "POST" or found is None:
        return redirect(f"{reverse('admin:badges_assertion_change', args=[assertion.pk])}#documents")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Verification"),
        "assertion": assertion,
        "badge_class": assertion.badge_class,
        "verdicts": list(_verdicts(assertion, found)),
    }
    return TemplateResponse(request, "admin/badges/award/verdicts.html", context)


def _verdicts(assertion: Assertion, found: SignedDocuments) -> Iterator[Judged]:
    """On each form, as its recipient would be told. The hosted one answers only while everybody may see the award."""
    names = [name for name in LABELS if name != "hosted" or assertion.is_public]
    # Nothing of ours is elsewhere: no request leaves.
    documents = Ours(Files({}))
    for name in names:
        report = judge(getattr(found, name), recipients=[assertion.folded_address], documents=documents)
        verdict = report.verdict
        yield Judged(LABELS[name], verdict, shown.word(verdict), shown.meaning(verdict), shown.lines(report))
