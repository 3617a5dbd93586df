from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.code import APPS, ROOT, name


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


def test_only_apps_with_models_have_migrations():
    with_models = {app for app in APPS if list(apps.get_app_config(app).get_models())}
    with_migrations = {app for app in APPS if list(Path(ROOT / app / "migrations").glob("[0-9]*.py"))}

    assert with_models == with_migrations
