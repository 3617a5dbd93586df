"""One settings file, configured by the environment; a fresh clone needs no variable. See docs/auto-hebergement.md."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from passport.lib import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("PASSPORT_DATA", str(BASE_DIR / "var"))).resolve()

# Addresses. Every link and id is minted from SITE_URL, never from the Host header.
PORT = env.number("PORT", 8000, minimum=1)
SITE_URL = env.text("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
SITE_NAME = env.text("SITE_NAME", "Passeport à badges")
SOURCE_URL = env.text("SOURCE_URL")
HTTPS = SITE_URL.startswith("https://")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
# Under another name than the site's, allauth would give a provider an address that is not ours.
ALLOWED_HOSTS = [*(LOOPBACK if SITE_HOST == "localhost" else [SITE_HOST]), *env.words("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Pairs host:port that may be fetched from though they are not public: trials on a machine of one's own.
FETCH_ALLOW = env.words("FETCH_ALLOW")
if FETCH_ALLOW and HTTPS:
    raise ImproperlyConfigured("FETCH_ALLOW is for trials: it must be empty when SITE_URL is https.")
ROOT_URLCONF = "passport.urls"
WSGI_APPLICATION = "passport.wsgi.application"

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.kept_secret("SECRET_KEY", DATA_DIR / "secrets")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# Encrypts the private keys of issuers. Lost, they need other keys (rotate_keys); what was signed stays good.
KEYS_SECRET = env.kept_secret("KEYS_SECRET", DATA_DIR / "secrets")

INSTALLED_APPS = [
    "home",
    "gallery",
    "sharing",
    "pages",
    "connections",
    "badges",
    "accounts",
    "notifications",
    "passport",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "template_partials",
    "passport.admin_config.PassportAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "passport.middleware.CompressText",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "passport.middleware.privacy_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "passport.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.consent_required",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "passport.context.site",
            ],
        },
    },
]
FORM_RENDERER = "passport.lib.forms.Renderer"

# Database
DATABASES = {
    "default": environ.Env.db_url_config(
        env.text("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'passport.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
        ),
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# allauth keeps its rate limits in the cache: shared by all processes, hence the database without Redis.
CACHE_URL = env.text("CACHE_URL")
CACHES = {
    "default": environ.Env.cache_url_config(CACHE_URL)
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Past this number entries are dropped, limits of rate among them: a crowd must not reach it.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "home:welcome"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# A code comes by mail: it may take minutes. Eight digits can be typed on a phone's number pad.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}
CODE_MINUTES = 15
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_MINUTES * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = CODE_MINUTES * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Strict by account or address, generous by network: a congress shares one Wi-Fi.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "120/m/ip,5/300s/key",
    "signup": "300/m/ip",
    "request_login_code": "300/m/ip,3/m/key",
    "confirm_email": "3/m/key",
    "reset_password": "120/m/ip,3/m/key",
    "reset_password_from_key": "120/m/ip",
    "find_badges": "60/m/ip",  # « Retrouver mes badges »
    "import_badge": "10/m/user",  # each may ask other sites for documents
    "export_badges": "6/h/user",  # each makes every badge again
    "page_pdf": "30/m/ip",  # each is drawn anew, in a process of its own
    "verify_badge": "60/m/ip",  # « Vérifier un badge »: the same, for anybody
    "forward_badge": "60/m/ip,10/h/key",  # « Ce badge n'est pas pour moi »: a refusal must not be asked at will
}
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.account.AddEmailForm",
    "change_password": "accounts.forms.account.ChangePasswordForm",
    "confirm_email_verification_code": "accounts.forms.account.ConfirmEmailVerificationCodeForm",
    "confirm_login_code": "accounts.forms.account.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "accounts.forms.account.ConfirmPasswordResetCodeForm",
    "login": "accounts.forms.account.LoginForm",
    "reauthenticate": "accounts.forms.account.ReauthenticateForm",
    "request_login_code": "accounts.forms.account.RequestLoginCodeForm",
    "reset_password": "accounts.forms.account.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.account.ResetPasswordKeyForm",
    "set_password": "accounts.forms.account.SetPasswordForm",
    "signup": "accounts.forms.signup.SignupForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

SOCIALACCOUNT_ADAPTER = "accounts.social.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_FORMS = {
    "disconnect": "accounts.forms.account.DisconnectForm",
    "signup": "accounts.forms.signup.SocialSignupForm",
}
SOCIALACCOUNT_PROVIDERS: dict = {}
if env.text("FACEBOOK_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["facebook"] = {
        "METHOD": "oauth2",
        "SCOPE": ["email", "public_profile"],
        "FIELDS": ["id", "email", "first_name", "last_name", "name"],
        "APPS": [{"client_id": env.text("FACEBOOK_CLIENT_ID"), "secret": env.text("FACEBOOK_CLIENT_SECRET")}],
    }
    for _option in ("AUTHORIZE_URL", "GRAPH_API_URL"):
        if _value := env.text(f"FACEBOOK_{_option}"):
            SOCIALACCOUNT_PROVIDERS["facebook"][_option] = _value.rstrip("/")
if env.text("LINKEDIN_CLIENT_ID"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "linkedin",
                "name": "LinkedIn",
                "client_id": env.text("LINKEDIN_CLIENT_ID"),
                "secret": env.text("LINKEDIN_CLIENT_SECRET"),
                "settings": {
                    "server_url": env.text("LINKEDIN_SERVER_URL", "https://www.linkedin.com/oauth"),
                    "token_auth_method": "client_secret_post",
                },
            }
        ],
    }

# Mail. The outbox sends through this backend; nothing else does.
EMAIL_URL = env.text("EMAIL_URL")
MAIL_DIR = DATA_DIR / "mail"
EMAIL_BACKEND = "notifications.backends.EmlBackend"
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "notifications.smtp.Backend"
EMAIL_USE_LOCALTIME = True
# Seconds for each answer of the server; what follows a text may take as long as the lease of the mail allows.
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 10, minimum=1)
# Seconds that a mail is in the hand of one worker, who cuts the conversation before: after a kill another takes it.
OUTBOX_LEASE = env.number("OUTBOX_LEASE", 60, minimum=2)
# Seconds before each new attempt of a mail that was refused for the moment; after the last, it has failed.
OUTBOX_BACKOFF = env.numbers("OUTBOX_BACKOFF", "60,300,1800,7200,28800,86400,86400,86400")
MAIL_PER_MINUTE = env.number("MAIL_PER_MINUTE", 0)
# Where servers return what they could not deliver (see manage.py read_bounces).
BOUNCE_ADDRESS = env.address("BOUNCE_ADDRESS")
BOUNCE_URL = env.text("BOUNCE_URL")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"badges@{SITE_HOST}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language and time
# The whole site speaks one language, whatever the browser prefers: the labels are those of the mails and the help.
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "fr")
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "Europe/Paris")
USE_TZ = True
USE_I18N = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# What is pasted of a list; files are counted by the form that takes them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
# What one person may keep here, in MB.
FILES_QUOTA = env.number("FILES_QUOTA", 100, minimum=1)

# Browser-side protections
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "passport.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
if HTTPS:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^sante/"]
    if env.flag("BEHIND_PROXY", default=True):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Badges
CLAIM_DAYS = env.number("CLAIM_DAYS", 90, minimum=1)
DECLINE_UNDO_DAYS = 30
REMINDER_DAYS = 7
DEMONSTRATION = env.flag("DEMONSTRATION", default=True)
RECIPIENTS_PER_PAGE = 24
BADGES_PER_PAGE = 18

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # It tells of every oddity of the files that strangers give.
    "loggers": {"pypdf": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
