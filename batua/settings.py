"""Settings, read from top to bottom; every value from outside comes through ``batua.env``.

Local mode (no DATABASE_URL) runs on an embedded PostgreSQL under ``var/`` with DEBUG on.
Importing this module starts nothing and writes nothing but the local secret key.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from batua import env, production
from batua.embedded_postgres.server import Embedded

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("BATUA_VAR", str(BASE_DIR / "var"))).resolve()

LOCAL_MODE = env.text("DATABASE_URL", "") == ""
DEBUG = env.flag("DEBUG", default=LOCAL_MODE)
SECRET_KEY = env.secret("SECRET_KEY", kept_in=VAR_DIR / "secret-key" if LOCAL_MODE or DEBUG else None)
# Signs the tokens of the API and nothing else: it can be changed alone, and who learns it learns no more.
JWT_KEY = env.secret("JWT_KEY", derived_from=SECRET_KEY if LOCAL_MODE or DEBUG else "", shortest=32)
PORT = env.number("PORT", 8000)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if LOCAL_MODE or DEBUG else "")
# Mails and jobs build links from this, never from a request's Host header.
SITE_URL = env.text(
    "SITE_URL", f"http://localhost:{PORT}" if LOCAL_MODE or DEBUG else None, example="https://batua.example"
).rstrip("/")

INSTALLED_APPS = [
    "batua.apps.BatuaConfig",
    "reports.apps.ReportsConfig",
    "budgets.apps.BudgetsConfig",
    "transactions.apps.TransactionsConfig",
    "accounts.apps.AccountsConfig",
    "accounts.apps.DeskConfig",  # Django's admin behind our own door
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django_prometheus",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "batua.middleware.RequestLog",
    "batua.watching.Watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Around all that answer by themselves: a way to the login is as private as what lies behind it.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "batua.middleware.PrivatePages",
    "batua.middleware.SafetyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "batua.middleware.LoginRedirect",
    "accounts.middleware.FollowedSession",
    "batua.middleware.SlidingSession",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.ActiveHousehold",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.kept_form.KeptForm",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.RefusedForms",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "batua.urls"
# The production entry demands DATABASE_URL; the development server goes without it in local mode.
WSGI_APPLICATION = None if LOCAL_MODE else "batua.wsgi.application"

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
                "batua.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "batua.templatetags.batua"],
        },
    },
]

# Database: the embedded server in local mode, else the one the operator names.

if LOCAL_MODE:
    _embedded = Embedded(VAR_DIR / "pg", fsync=env.flag("PG_FSYNC", default=True))
    _database: dict[str, Any] = {
        "ENGINE": "batua.embedded_postgres",
        "NAME": "batua",
        "USER": "batua",
        "HOST": str(_embedded.socket_dir),
        "EMBEDDED": str(_embedded.root),
        "EMBEDDED_FSYNC": _embedded.fsync,
    }
    _keep: dict[str, object] = {"CONN_MAX_AGE": 60}
else:
    _database = env.database("DATABASE_URL")
    # Each process has as many connections as it needs at once, up to this; 0: each thread keeps its own for a minute.
    _pool = env.number("DATABASE_POOL", 16)
    if _pool:
        _database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _pool, "timeout": 3}
    _keep = {"CONN_MAX_AGE": 0 if _pool else 60}
    # PgBouncer in transaction mode gives each transaction another connection: a cursor would be lost between two.
    _keep["DISABLE_SERVER_SIDE_CURSORS"] = env.flag("PGBOUNCER", default=False)
DATABASES = {"default": {**_database, **_keep, "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache and sessions: thirty idle minutes, kept alive by use.

REDIS_URL = env.text("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]]
_redis = {"LOCATION": REDIS_URL, "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 0.5, "SOCKET_TIMEOUT": 0.5}}
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "batua.cache.FailoverCache", **_redis},
        "sessions": {"BACKEND": "batua.cache.SessionCache", **_redis},
    }
elif LOCAL_MODE:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "sessions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }
else:
    # Limits hold for all processes together only when they count in one place.
    CACHES = {
        "default": {
            "BACKEND": "batua.counting.CountingCache",
            "LOCATION": "batua_cache",
            "TIMEOUT": 3600,
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        },
        "sessions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_LONGEST = 14 * 24 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"

# Jobs in the background: done by `manage.py work`, see batua/jobs.py.

WORKER_CONCURRENCY = env.number("WORKER_CONCURRENCY", 2)

# Who someone is

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:dashboard"
PASSWORD_HASHERS = [
    "accounts.hashing.InTurns",
    "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
    "django.contrib.auth.hashers.BCryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotTheAddress", "OPTIONS": {"user_attributes": ("email", "name")}},
]
ACCOUNT_ADAPTER = "batua.onboarding.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# The mails name these two.
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
PASSWORD_RESET_TIMEOUT = 60 * 60

# Second factors. Keys that encrypt their secrets; the first one is for new ones, a new key goes before the old.
FACTORS_KEYS = env.words("FACTORS_KEYS")
MFA_ADAPTER = "accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.AuthenticateForm",
    "reauthenticate": "accounts.factor_forms.ReauthenticateForm",
    "activate_totp": "accounts.factor_forms.SetUpForm",
    "add_webauthn": "accounts.factor_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.factor_forms.RenamePasskeyForm",
    "login_webauthn": "accounts.factor_forms.PasskeySignInForm",
    "authenticate_webauthn": "accounts.factor_forms.PasskeyStepForm",
    "reauthenticate_webauthn": "accounts.factor_forms.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = "Batua"
# Clocks of phones run up to half a minute off; a code still counts once only.
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Without it nobody with a second factor could change their address. Nobody signs in unverified here.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Mail: kept to be read on this machine in local mode, else through Resend.

LOCAL_MAIL = DEBUG and not env.text("RESEND_API_KEY", "")
MAIL_DIR = VAR_DIR / "mail"
EMAIL_BACKEND = "batua.mail.LocalMailbox" if LOCAL_MAIL else "batua.mail.ResendBackend"
RESEND_API_KEY = env.text("RESEND_API_KEY", "" if DEBUG else None, example="re_123")
RESEND_API_URL = env.text("RESEND_API_URL", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "Batua <batua@localhost>")

# Time and language. Members bring their own locale and zone; these are for visitors.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Static files: names with a hash in production, plain ones in development and tests.

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
_manifest = env.flag("STATIC_MANIFEST", default=not DEBUG)
# Without hashed names nothing was collected: WhiteNoise looks for each file where it lies.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not _manifest
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _manifest
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A statement may have 10 MB; what is larger is refused in words by the form, what is far larger by the server.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40_000

# Safety

if not LOCAL_MODE:
    production.demand(debug=DEBUG, site_url=SITE_URL, hosts=ALLOWED_HOSTS, secret=SECRET_KEY)
# Scripts run by the nonce of their page and nothing else: no inline, no eval, no file of ours that was not meant.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
    }
}
# How many proxies of ours stand before the server: each writes one address, what comes before them is hearsay.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
# Without it, a server behind a proxy that speaks HTTPS would send everybody to HTTPS for ever.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_COOKIE_SAMESITE = "Lax"
_https = SITE_URL.startswith("https://")
# Browsers take a cookie of this name from this host over HTTPS only.
if _https:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Webhooks go to the public network only, over HTTPS; hosts (or host:port) that the operator names may be anywhere.
WEBHOOK_ALLOWED_HOSTS = env.words("WEBHOOK_ALLOWED_HOSTS")

# Watching

METRICS_TOKEN = env.text("METRICS_TOKEN", "")
# What a worker counted, on a port of its own that nobody outside may reach; 0: nowhere.
WORKER_METRICS_PORT = env.number("WORKER_METRICS_PORT", 0)
BACKUP_DIR = Path(env.text("BACKUP_DIR", str(VAR_DIR / "backups")))
# How many nightly backups the worker keeps there; 0: it makes none.
BACKUP_KEEP = env.number("BACKUP_KEEP", 0)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "batua.logs.JsonFormatter"},
        "plain": {"()": "batua.logs.PlainFormatter"},
    },
    "handlers": {
        "nowhere": {"class": "logging.NullHandler"},
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.text("LOG_FORMAT", "plain" if DEBUG else "json"),
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # One line for each request comes from batua.middleware.RequestLog; the development server's own would double it.
    "loggers": {
        "django": {},  # without the handlers of Django's own, which would double each line of the development server
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        # It tells each job and each look for one; a failed job is an error of its own.
        "procrastinate": {"level": "WARNING"},
        # It tells each step of each file, and of each rule that a printer does not know.
        "weasyprint": {"level": "ERROR"},
    },
}
