from accounts.models import User
from badges.models import Assertion
from home.demonstration import content
from pages.enums import BlockKind, Visibility
from pages.forms import new_block
from pages.services.make import create as create_page
from pages.services.show import show

BADGES = 4


def create(member: User) -> None:
    """A public page of the member, with badges of every visibility: what others miss can be seen."""
    told = content.read("portfolio")
    newest = Assertion.objects.held_by(member).valid().order_by("-accepted_at", "-pk")[:BADGES]
    uids = [str(assertion.uid) for assertion in newest]
    blocks = [_block(row, uids) for row in told["blocks"]]
    page = create_page(
        owner=member,
        title=told["title"],
        content={"description": told["description"], "theme": "passport", "blocks": blocks},
    )
    show(page=page, visibility=Visibility.PUBLIC)


def _block(row: dict, uids: list[str]) -> dict:
    block = {**new_block(row["kind"]), **row}
    return {**block, "badges": uids} if row["kind"] == BlockKind.BADGES else block
