from accounts.models import Profile

EDITABLE = ("first_name", "last_name", "about", "country", "town", "handle", "visibility")


def change(*, profile: Profile, **fields: str) -> Profile:
    """Writes what a person tells of themself. Raises TypeError for a field that is not theirs to change."""
    if unknown := fields.keys() - set(EDITABLE):
        raise TypeError(f"Not fields of a profile that may be changed: {sorted(unknown)}.")
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.save(update_fields=list(fields))
    return profile
