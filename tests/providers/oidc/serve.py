"""serve.py PORT: makes the provider's database under PROVIDER_DATA, then serves it on localhost."""

import os
import sys
from pathlib import Path

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command

CLIENT_ID, CLIENT_SECRET = "passeport", "secret-de-linkedin"
# user name: first name, last name, address, whether this provider has verified it
PEOPLE = {
    "claire": ("Claire", "Martin", "claire.martin@exemple.fr", True),
    "alice": ("Alice", "Martin", "alice@exemple.fr", True),
    "louis": ("Louis", "Faux", "alice@exemple.fr", False),
    "nadia": ("Nadia", "Benali", "nadia@exemple.fr", False),
}
PASSWORD = "mot de passe du fournisseur"


def make_key(path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def fill() -> None:
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - after django.setup()
    from allauth.idp.oidc.models import Client  # noqa: PLC0415
    from django.contrib.auth.models import User  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    client = Client(id=CLIENT_ID, name="Passeport à badges", scopes="openid\nprofile\nemail")
    client.set_secret(CLIENT_SECRET)
    client.save()
    for name, (first, last, address, verified) in PEOPLE.items():
        user = User.objects.create_user(name, address, PASSWORD, first_name=first, last_name=last)
        EmailAddress.objects.create(user=user, email=address, verified=verified, primary=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    make_key(Path(os.environ["PROVIDER_DATA"]) / "key.pem")
    django.setup()
    fill()
    call_command("runserver", f"localhost:{sys.argv[1]}", use_reloader=False, skip_checks=True)
