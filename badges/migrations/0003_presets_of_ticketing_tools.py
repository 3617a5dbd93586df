"""The columns of the exports of ticketing tools, as rows that an administrator can edit.

A status without values to keep is only a mark that tells one tool's export from another list.
"""

from django.db import migrations

PRESETS = [
    {
        "name": "HelloAsso",
        "address": (
            "Email participant | Email adhérent | Email | E-mail | Adresse e-mail | Adresse email | Mail | "
            "Champ complémentaire Email | Email payeur"
        ),
        "first_name": "Prénom participant | Prénom adhérent | Prénom payeur",
        "last_name": "Nom participant | Nom adhérent | Nom payeur",
        "status": "Statut de la commande",
        "kept_statuses": "Validé | Validée",
    },
    {
        "name": "Weezevent",
        "address": "Email participant | E-mail participant | Email acheteur | E-mail acheteur",
        "first_name": "Prénom participant | Prénom acheteur",
        "last_name": "Nom participant | Nom acheteur",
        "status": "Numéro de commande | Code barre | Numéro de billet",
    },
    {
        "name": "Billetweb",
        "address": "Email | E-mail",
        "first_name": "Prénom",
        "last_name": "Nom",
        "status": "Séance",
    },
    {
        "name": "pretix",
        "address": "Attendee email | E-mail du participant | Adresse e-mail du participant | Email | E-mail",
        "full_name": "Attendee name | Nom du participant",
        "status": "Status | Statut",
        "kept_statuses": "paid | payé | payée | completed | terminé",
    },
    {
        "name": "Eventbrite",
        "address": "Attendee Email | E-mail du participant | Email | E-mail",
        "first_name": "First Name | Prénom",
        "last_name": "Last Name | Nom de famille | Nom",
        "status": "Order # | Order ID | N° de commande | Numéro de commande",
    },
]


def write(apps, schema_editor):
    model = apps.get_model("badges", "ListPreset")
    for preset in PRESETS:
        model.objects.get_or_create(owner=None, name=preset["name"], defaults=preset)


def forget(apps, schema_editor):
    names = [preset["name"] for preset in PRESETS]
    apps.get_model("badges", "ListPreset").objects.filter(owner=None, name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [("badges", "0002_lists_in_steps")]

    operations = [migrations.RunPython(write, forget)]
