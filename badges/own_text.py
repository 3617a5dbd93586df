"""What an issuer writes into its invitations, as plain paragraphs."""

import re

from badges.models import Issuer
from badges.validators import foreign_links
from passport.lib.folding import clean


def paragraphs(issuer: Issuer) -> list[list[str]]:
    """The text as paragraphs of lines; none when a link of it is no longer allowed."""
    text = issuer.invitation_text
    if foreign_links(text, issuer.url):
        return []
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = ([line for raw in block.split("\n") if (line := clean(raw))] for block in blocks)
    return [paragraph for paragraph in lines if paragraph]
