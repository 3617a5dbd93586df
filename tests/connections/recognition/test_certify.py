import pytest

from connections.exceptions import NoLongerSaid
from connections.models import Recognition
from connections.services import recognise
from connections.services.certify import certify
from tests.connections.recognition.made import accepted, badge_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change", [recognise.refuse, lambda recognition: recognise.edit(recognition=recognition, text="Autre")]
)
def test_what_was_read_before_a_change_is_not_signed(alice, bob, change):
    read = accepted(badge_of(alice), bob)
    change(recognition=Recognition.objects.get())

    with pytest.raises(NoLongerSaid):
        certify(recognition=read)
    assert Recognition.objects.get().credential == ""
