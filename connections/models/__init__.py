from connections.models.block import Block
from connections.models.comment import Comment
from connections.models.follow import BadgeFollow, IssuerFollow, PersonFollow
from connections.models.recognition import Congratulation, Recognition, RecognitionRequest, RecognitionStop
from connections.models.report import Report

__all__ = [
    "BadgeFollow",
    "Block",
    "Comment",
    "Congratulation",
    "IssuerFollow",
    "PersonFollow",
    "Recognition",
    "RecognitionRequest",
    "RecognitionStop",
    "Report",
]
