from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from badges.apps import sign_what_was_accepted_before
from badges.enums import BatchState, SharedAddress
from badges.models import Assertion, AwardEvent, Batch, SigningKey
from badges.services import keys
from tests.code import APPS, ROOT, name
from tests.factories import AssertionFactory, IssuerFactory


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_says_what_it_does():
    files = [path for app in APPS for path in (ROOT / app / "migrations").glob("[0-9]*.py")]

    assert files
    assert [name(path) for path in files if "_auto_" in path.stem or path.stem.count("_") < 1] == []


@pytest.mark.django_db
def test_all_migrations_run_from_an_empty_database():
    """The database of the tests was made by them, on the engine at hand."""
    loader = MigrationLoader(connection)

    assert set(loader.graph.leaf_nodes()) <= set(loader.applied_migrations)
    tables = set(connection.introspection.table_names())
    assert {model._meta.db_table for model in apps.get_models() if model._meta.managed} <= tables


@pytest.mark.django_db
def test_each_history_has_one_end():
    assert MigrationLoader(connection).detect_conflicts() == {}


@pytest.mark.django_db(transaction=True)
def test_lists_from_before_the_drafts_count_as_sent():
    """What an earlier release wrote is taken over: its lists had left when they were written."""
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate([("badges", "0001_initial_rows"), ("notifications", "0001_initial_rows")])
    old = executor.loader.project_state([("badges", "0001_initial_rows")]).apps
    issuer = old.get_model("badges", "Issuer").objects.create(
        name="Amcsti", slug="amcsti", folded_name="amcsti"
    )
    badge_class = old.get_model("badges", "BadgeClass").objects.create(
        issuer=issuer, name="B", slug="b", description="d", criteria="c", image="i", folded_name="b",
        folded_text="b", gallery_country="FR",
    )  # fmt: skip
    batch = old.get_model("badges", "Batch").objects.create(badge_class=badge_class, source="liste.csv")
    line = old.get_model("badges", "BatchLine").objects.create(
        batch=batch, number=1, value="a@exemple.fr", outcome="created"
    )
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(newest)
    finally:
        call_command("migrate", verbosity=0)

    taken_over = Batch.objects.get(pk=batch.pk)
    assert (taken_over.state, taken_over.shared, taken_over.raw) == (
        BatchState.DONE,
        SharedAddress.SKIP,
        None,
    )
    assert taken_over.lines.values_list("pk", "value", "outcome").get() == (
        line.pk,
        "a@exemple.fr",
        "created",
    )


@pytest.mark.django_db(transaction=True)
def test_awards_that_were_shown_before_are_dated_and_private_ones_are_not():
    awards = {kind: AssertionFactory(**{kind: True}) for kind in ("public", "members", "accepted")}
    waiting = AssertionFactory()
    try:
        MigrationExecutor(connection).migrate([("badges", "0010_site_issuer")])
    finally:
        call_command("migrate", verbosity=0)

    dates = {kind: Assertion.objects.get(pk=award.pk).shown_at for kind, award in awards.items()}
    assert dates == {
        "public": awards["public"].accepted_at,
        "members": awards["members"].accepted_at,
        "accepted": None,
    }
    assert Assertion.objects.get(pk=waiting.pk).shown_at is None


def test_only_apps_with_models_have_migrations():
    with_models = {app for app in APPS if list(apps.get_app_config(app).get_models())}
    with_migrations = {app for app in APPS if list(Path(ROOT / app / "migrations").glob("[0-9]*.py"))}

    assert with_models == with_migrations


@pytest.mark.django_db(transaction=True)
def test_going_back_does_not_destroy_the_keys_of_issuers():
    ring = keys.ring(IssuerFactory())
    try:
        with pytest.raises(IrreversibleError, match="keys"):
            MigrationExecutor(connection).migrate([("badges", "0003_presets_of_ticketing_tools")])
    finally:
        call_command("migrate", verbosity=0)

    assert SigningKey.objects.get(pk=ring.proof.pk).public == ring.proof.public


@pytest.mark.django_db(transaction=True)
def test_what_an_older_history_does_not_know_is_forgotten_on_the_way_back():
    for newer in ("evidence", "hidden"):
        AwardEvent.objects.create(assertion=AssertionFactory(), kind=newer)
    kept = AwardEvent.objects.create(assertion=AssertionFactory(), kind="expiry")
    try:
        MigrationExecutor(connection).migrate([("badges", "0004_keys_documents_and_imports")])
    finally:
        call_command("migrate", verbosity=0)

    assert list(AwardEvent.objects.all()) == [kept]


@pytest.mark.django_db
@pytest.mark.parametrize("known", [[], ["0003_presets_of_ticketing_tools"]], ids=["without badges", "before"])
def test_nothing_is_signed_while_the_tables_are_not_the_newest(known):
    award = AssertionFactory(accepted=True)
    nodes = [("badges", name) for name in known] or [("notifications", "0001_initial_rows")]
    state = MigrationLoader(connection).project_state(nodes)

    sign_what_was_accepted_before(using="default", apps=state.apps)

    award.refresh_from_db()
    assert award.version is None
