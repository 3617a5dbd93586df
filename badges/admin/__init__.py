"""The organisers' side: who organises for an issuer sees and touches what is that issuer's, and nothing else."""

from badges.admin import assertion, badge_class, batch, imported, issuer, list_preset

__all__ = ["assertion", "badge_class", "batch", "imported", "issuer", "list_preset"]
