from django.db import transaction

from accounts.models import User
from accounts.services.consent import statement_in_force
from accounts.services.create import create_verified
from passport.lib.folding import fold_address


@transaction.atomic
def ensure(*, email: str, password: str) -> User | None:
    """Makes the first administrator; an account that has this address already is left as it is (None)."""
    if User.objects.filter(email=fold_address(email)).exists():
        return None
    user = create_verified(email=email, document=statement_in_force(), password=password)
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    return user
