from badges.models.assertion import Assertion
from badges.models.badge_class import BadgeClass
from badges.models.batch import Batch, BatchLine
from badges.models.event import AwardEvent
from badges.models.issuer import Issuer, IssuerMember
from badges.models.list_preset import ListPreset
from badges.models.opt_out import OptOut

__all__ = [
    "Assertion",
    "AwardEvent",
    "BadgeClass",
    "Batch",
    "BatchLine",
    "Issuer",
    "IssuerMember",
    "ListPreset",
    "OptOut",
]
