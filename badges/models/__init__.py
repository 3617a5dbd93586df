from badges.models.assertion import Assertion
from badges.models.badge_class import BadgeClass
from badges.models.batch import Batch, BatchLine
from badges.models.issuer import Issuer, IssuerMember

__all__ = ["Assertion", "BadgeClass", "Batch", "BatchLine", "Issuer", "IssuerMember"]
