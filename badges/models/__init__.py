from badges.models.alignment import Alignment
from badges.models.assertion import Assertion
from badges.models.badge_class import BadgeClass
from badges.models.badge_version import BadgeVersion
from badges.models.batch import Batch, BatchLine
from badges.models.endorsement import Endorsement
from badges.models.event import AwardEvent
from badges.models.evidence import Evidence
from badges.models.holder_evidence import HolderEvidence
from badges.models.imported import ImportDraft, ImportedBadge
from badges.models.issuer import Issuer, IssuerMember
from badges.models.list_preset import ListPreset
from badges.models.opt_out import OptOut
from badges.models.signed_documents import SignedDocuments
from badges.models.signing_key import SigningKey
from badges.models.status_list import StatusEntry, StatusList
from badges.models.tag import BadgeTag

__all__ = [
    "Alignment",
    "Assertion",
    "AwardEvent",
    "BadgeClass",
    "BadgeTag",
    "BadgeVersion",
    "Batch",
    "BatchLine",
    "Endorsement",
    "Evidence",
    "HolderEvidence",
    "ImportDraft",
    "ImportedBadge",
    "Issuer",
    "IssuerMember",
    "ListPreset",
    "OptOut",
    "SignedDocuments",
    "SigningKey",
    "StatusEntry",
    "StatusList",
]
