import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from PIL import Image

from accounts.enums import FileKind
from accounts.exceptions import FileRefused
from accounts.models import File
from accounts.services import files
from accounts.services.files import delete, keep
from tests.given import pdf, picture, upload


def stored() -> list[str]:
    """Every path of the storage."""
    if not default_storage.exists("files"):
        return []
    folders = default_storage.listdir("files")[0]
    return sorted(
        f"files/{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"files/{folder}")[1]
    )


def opened(name: str) -> Image.Image:
    with default_storage.open(name) as file:
        image = Image.open(file)
        image.load()
    return image


def test_a_picture_is_kept_with_two_smaller_ones(alice):
    file = keep(owner=alice, upload=upload(picture(size=(3000, 1500)), "Été à Lyon.JPG"))

    assert (file.kind, file.media_type, file.name) == (FileKind.PICTURE, "image/jpeg", "Été à Lyon.jpg")
    assert (file.width, file.height) == (2560, 1280)
    assert file.size == default_storage.size(file.content.name)
    assert stored() == sorted(file.stored_names)
    assert [opened(file.smaller(side)).size for side in (480, 1280)] == [(480, 240), (1280, 640)]
    assert opened(file.smaller(480)).format == "WEBP"


def test_a_small_picture_is_not_blown_up(alice):
    file = keep(owner=alice, upload=upload(picture("PNG", size=(40, 30))))

    assert opened(file.smaller(1280)).size == (40, 30)


def test_a_document_is_kept_as_it_is(alice):
    content = pdf(2)

    file = keep(owner=alice, upload=upload(content, "rapport.pdf"))

    assert (file.kind, file.media_type, file.width) == (FileKind.DOCUMENT, "application/pdf", None)
    with default_storage.open(file.content.name) as kept:
        assert kept.read() == content
    assert stored() == [file.content.name]


def test_where_a_picture_is_asked_for_a_document_is_refused(alice):
    with pytest.raises(FileRefused, match="PNG, JPEG"):
        keep(owner=alice, upload=upload(pdf(), "portrait.jpg"), only_picture=True)
    assert keep(owner=alice, upload=upload(picture(), "portrait.pdf"), only_picture=True).is_picture


def test_the_same_file_given_again_is_the_same_row(alice, bob):
    first = keep(owner=alice, upload=upload(picture(), "a.jpg"))
    again = keep(owner=alice, upload=upload(picture(), "b.jpg"))
    other = keep(owner=bob, upload=upload(picture(), "a.jpg"))

    assert (again.pk, again.name) == (first.pk, "a.jpg")
    assert other.pk != first.pk
    assert len(stored()) == 6


def test_the_quota_is_each_ones_own(alice, bob, settings):
    settings.FILES_QUOTA = 1
    for number in range(3):
        keep(owner=alice, upload=upload(pdf(text=f"{number}" + "x" * 300_000), "a.pdf"))

    with pytest.raises(FileRefused, match="1 M"):
        keep(owner=alice, upload=upload(pdf(text="3" + "x" * 300_000), "a.pdf"))
    assert File.objects.of(alice).count() == 3
    assert len(stored()) == 3
    assert keep(owner=bob, upload=upload(pdf(text="3" + "x" * 300_000), "a.pdf"))


def test_a_quota_that_another_upload_filled_meanwhile_holds(alice, settings, monkeypatch):
    """The second upload passes the first look at the quota, and is refused under the lock; its bytes go."""
    settings.FILES_QUOTA = 1
    real = files._store

    def late(file, judged):
        real(file, judged)
        File.objects.create(owner=alice, kind="document", name="x", size=1024 * 1024, sha256="0" * 64)

    monkeypatch.setattr(files, "_store", late)
    with pytest.raises(FileRefused):
        keep(owner=alice, upload=upload(picture()))

    assert File.objects.of(alice).count() == 1
    assert stored() == []


def test_two_uploads_of_one_file_at_once_leave_one_row_and_its_bytes(
    alice, monkeypatch, django_capture_on_commit_callbacks
):
    real, first = files._store, []

    def late(file, judged):
        real(file, judged)
        monkeypatch.setattr(files, "_store", real)
        first.append(keep(owner=alice, upload=upload(picture())))

    monkeypatch.setattr(files, "_store", late)
    with django_capture_on_commit_callbacks(execute=True):
        second = keep(owner=alice, upload=upload(picture()))

    assert second.pk == first[0].pk
    assert stored() == sorted(second.stored_names)


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_do_not_exceed_the_quota(alice, settings):
    settings.FILES_QUOTA = 1
    outcomes = []

    def give(number):
        try:
            keep(owner=alice, upload=upload(pdf(text=f"{number}" + "x" * 600_000), "a.pdf"))
            outcomes.append("kept")
        except FileRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["kept", "refused", "refused", "refused"]
    assert File.objects.of(alice).count() == len(stored()) == 1


def test_deleting_takes_the_bytes_when_it_is_committed(alice, django_capture_on_commit_callbacks):
    file, other = (keep(owner=alice, upload=upload(picture(color=color))) for color in ("red", "blue"))

    with django_capture_on_commit_callbacks(execute=True):
        delete(file=file)
        assert len(stored()) == 6

    assert stored() == sorted(other.stored_names)
    assert File.objects.of(alice).get() == other


def test_an_account_that_goes_takes_its_bytes(alice, bob, django_capture_on_commit_callbacks):
    keep(owner=alice, upload=upload(picture()))
    stays = keep(owner=bob, upload=upload(picture()))

    with django_capture_on_commit_callbacks(execute=True):
        alice.delete()

    assert stored() == sorted(stays.stored_names)


def test_a_storage_that_fails_does_not_undo_the_deletion(
    alice, monkeypatch, django_capture_on_commit_callbacks
):
    file = keep(owner=alice, upload=upload(picture()))

    def fails(_self, _name):
        raise OSError

    monkeypatch.setattr(FileSystemStorage, "delete", fails)
    with django_capture_on_commit_callbacks(execute=True):
        delete(file=file)

    assert not File.objects.exists()


def test_a_tidy_removes_old_bytes_without_a_row(alice, monkeypatch):
    kept = keep(owner=alice, upload=upload(picture()))
    folder = kept.content.name.rpartition("/")[0]
    for name in ("aaaa", "aaaa-w480"):
        default_storage.save(f"{folder}/{name}", ContentFile(b"left"))
    hour = int(folder.rpartition("/")[2], 16)
    now = files.timezone.now()
    monkeypatch.setattr(
        files.timezone, "now", lambda: now.fromtimestamp((256 * 2_000 + hour) * 3600, now.tzinfo)
    )

    monkeypatch.setattr(
        default_storage._wrapped, "get_modified_time", lambda _name: files.timezone.now(), raising=False
    )
    assert files.tidy() == 0
    monkeypatch.setattr(
        default_storage._wrapped,
        "get_modified_time",
        lambda _name: files.timezone.now() - 2 * files.ORPHAN_AGE,
    )
    assert files.tidy() == 2
    assert stored() == sorted(kept.stored_names)


def test_a_tidy_of_nothing_does_nothing(db):
    assert files.tidy() == 0


def test_a_storage_that_fails_is_said_and_leaves_nothing(alice, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)

    with pytest.raises(FileRefused, match="Réessayez dans un moment"):
        keep(owner=alice, upload=upload(picture()))
    assert not File.objects.exists()
