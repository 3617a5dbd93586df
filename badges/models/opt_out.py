from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.models.issuer import Issuer


class OptOut(models.Model):
    """« Je ne veux plus recevoir »: an address to which an issuer sends no invitation and no reminder any more.

    Of one issuer: a careless click in a mailbox must not lose the badges of all the others.
    """

    issuer = models.ForeignKey(Issuer, models.CASCADE, related_name="opt_outs", verbose_name=_("issuer"))
    folded_address = models.CharField(_("address"), max_length=254)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("address that wants no more e-mails")
        verbose_name_plural = _("addresses that want no more e-mails")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "folded_address"],
                name="opt_out_once",
                violation_error_message=_("This address wants no more e-mails already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.folded_address} – {self.issuer_id}"
