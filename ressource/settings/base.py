"""What is the same everywhere. dev, test and prod say only how they differ."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from psycopg.conninfo import conninfo_to_dict

from ressource.settings import miljoe

# Lets forms and managers name their model as a type: `forms.ModelForm[Borger]`.
django_stubs_ext.monkeypatch()

ROD = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = miljoe.tekst("RESSOURCE_SECRET_KEY", "")
# Binds the seals on the logs. Kept apart from the database, and from SECRET_KEY, which may be changed.
RESSOURCE_SEGLNOEGLE = miljoe.tekst("RESSOURCE_SEGLNOEGLE", "")
DEBUG = False
ALLOWED_HOSTS = miljoe.tekst("RESSOURCE_HOSTS", "localhost,127.0.0.1").split(",")

# The demo opens with a printed password; everywhere else the demo's logins are refused.
RESSOURCE_DEMO = miljoe.ja_nej("RESSOURCE_DEMO")
# When the plan's two and three weeks begin (domain.md 1.4): FOERSTE_OPFOELGNING or TEAMMOEDE.
RESSOURCE_INDSATSPLAN_ANKER = miljoe.tekst("RESSOURCE_INDSATSPLAN_ANKER", "FOERSTE_OPFOELGNING")
# Where the house is seen from outside: links in mails and in calendars begin with it.
RESSOURCE_ADRESSE = miljoe.tekst("RESSOURCE_ADRESSE", "http://localhost:8000").rstrip("/")
RESSOURCE_KOMMUNE = miljoe.tekst("RESSOURCE_KOMMUNE", "Egelund Kommune")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "template_partials.apps.SimpleAppConfig",
    "ressource",
    "borgere",
    "rehabilitering",
    "indsatsplan",
    "opfoelgning",
    "noegletal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ressource.middleware.AnmodningsidMiddleware",
    "ressource.csp.ContentSecurityPolicyMiddleware",
    "ressource.middleware.IntetGemmesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "ressource.middleware.FejlsvarMiddleware",
    "ressource.henvisning.HenvisningMiddleware",
    "ressource.afvisning.AfvisningMiddleware",
]

ROOT_URLCONF = "ressource.urls"
WSGI_APPLICATION = "ressource.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROD / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ressource.rammen.ramme",
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]


def database(url: str, *, statement_timeout_ms: int) -> dict[str, Any]:
    """Django's settings for the PostgreSQL that `url` (libpq URI) names.

    A statement that runs longer than `statement_timeout_ms` is stopped, and nobody waits more than
    five seconds for a lock: a page that hangs is worse than one that says so.
    """
    dele = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": dele.get("dbname", "ressource"),
        "USER": dele.get("user", ""),
        "PASSWORD": dele.get("password", ""),
        "HOST": dele.get("host", ""),
        "PORT": str(dele.get("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # JIT costs four to five times on our figures (performance measurements, ADR 0004).
            # The trigram limit is how much alike a word and a name must be (borgere.models.soegning).
            "options": f"-c statement_timeout={statement_timeout_ms} -c lock_timeout=5000 -c jit=off "
            "-c pg_trgm.word_similarity_threshold=0.5",
        },
    }


DATABASES = {
    "default": database(
        miljoe.tekst("DATABASE_URL", "postgresql:///ressource"),
        statement_timeout_ms=miljoe.tal("RESSOURCE_STATEMENT_TIMEOUT_MS", 15_000),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_URL = miljoe.tekst("BROKER_URL", "redis://localhost:6379/0")


def cache_url(broker: str) -> str:
    """The broker's address as Redis' own client writes it.

    Celery says `redis+socket:///sti?virtual_host=1` where the client says `unix:///sti?db=1`.
    """
    if not broker.startswith("redis+socket://"):
        return broker
    return broker.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=")


# Shared by the web processes: it counts failed sign-ins. What lies here may vanish at any time.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": cache_url(BROKER_URL),
        "KEY_PREFIX": "ressource",
    }
}

AUTH_USER_MODEL = "ressource.Bruger"
AUTHENTICATION_BACKENDS = ["ressource.login.KontoBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("brugernavn", "navn", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overblik"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "ressource.login.KontoAdapter"
ACCOUNT_FORMS = {"login": "ressource.login.LogIndForm"}
# Five failures per address and user name; the figure per address leaves room for a whole town hall
# behind one address. No "login" limit: it would need the broker before anybody can sign in.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key,100/5m/ip"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "brugernavn"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ressource.fejl.csrf"

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["ressource.formater"]

STATIC_URL = "/static/"
STATIC_ROOT = ROD / "byg" / "samlet"
# byg/statik holds what npm brought, cut down to the files the pages use.
STATICFILES_DIRS = [ROD / "static", ROD / "byg" / "statik"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = ["dkfds"]
CRISPY_TEMPLATE_PACK = "dkfds"
CRISPY_FAIL_SILENTLY = False
CRISPY_CLASS_CONVERTERS = dict.fromkeys(
    [
        "textinput",
        "numberinput",
        "emailinput",
        "dateinput",
        "textarea",
        "select",
        "checkboxinput",
        "passwordinput",
        "clearablefileinput",
        "urlinput",
        "searchinput",
        "timeinput",
        "selectmultiple",
    ],
    "",
)

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# Uploads live in memory, each up to the limit of ressource.filtype; none is written to the disk.
FILE_UPLOAD_HANDLERS = ["ressource.upload.BegraensetUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 3

PGHISTORY_MIDDLEWARE_METHODS = ("POST",)
PGHISTORY_APPEND_ONLY = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
# Nobody waits long for a mail server: what is not sent is tried again.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = miljoe.tekst("RESSOURCE_AFSENDER", "ressource@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "anmodning": {"()": "ressource.middleware.AnmodningsidFilter"},
        "hemmelighed": {"()": "ressource.middleware.HemmelighedFilter"},
    },
    "formatters": {
        "linje": {"format": "%(asctime)s %(levelname)s %(name)s [%(anmodningsid)s] %(message)s"}
    },
    "handlers": {
        "konsol": {
            "class": "logging.StreamHandler",
            "formatter": "linje",
            "filters": ["anmodning", "hemmelighed"],
        }
    },
    "root": {"handlers": ["konsol"], "level": "INFO"},
}
