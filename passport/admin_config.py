from django.contrib.admin.apps import AdminConfig


class PassportAdminConfig(AdminConfig):
    """Django's administration, with our site in place of its own."""

    default_site = "passport.admin_site.Site"
