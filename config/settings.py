"""Settings of the whole service, from the environment; every one has a working default."""

from datetime import date
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"  # database, uploads and broker of the embedded service
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# Known to everyone, so good for trying the service only: `check --deploy` refuses it.
EMBEDDED_SECRET_KEY = "embedded-only-not-secret"  # noqa: S105
SECRET_KEY = env("SECRET_KEY", default=EMBEDDED_SECRET_KEY)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# A fixed day for demonstrations and tests; the day of the calendar when unset.
try:
    TODAY = date.fromisoformat(day) if (day := env("BUYING_COMMONS_TODAY", default="")) else None
except ValueError:
    raise SystemExit("BUYING_COMMONS_TODAY is not a date like 2026-11-02.") from None

# Begins the identifiers of contracting processes. A registered prefix replaces this placeholder
# (standard.open-contracting.org tells how to get one) before anything is published for good.
OCDS_PREFIX = env("OCDS_PREFIX", default="ocds-000000")
# Where the service is found, for files written without a request.
# Without a mail server mails go to the log.
EMAIL = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = EMAIL.get("EMAIL_HOST", ""), EMAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="buying-commons@localhost")

PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_linear_migrations",
    "django_filters",
    "django_htmx",
    "csp",
    "axes",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "config",
    "imports",
    "procurement",
    "social_value",
    "registry",
]

MIDDLEWARE = [
    "config.addresses.no_body_for_head",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.addresses.no_nul",
    "config.answering.answering_a_page",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "registry.context.everywhere",
            ],
        },
    },
]

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for the writer; a writer waits its turn instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # What asks for it is prepared, nothing by itself: unset, Django forbids even asking.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 1_000_000)
    # So that two people can test on one server at once.
    DATABASES["default"]["TEST"] = {"NAME": env("TEST_DATABASE_NAME", default=None)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "registry:sign_in"
LOGIN_REDIRECT_URL = "registry:home"
LOGOUT_REDIRECT_URL = "registry:home"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "registry.forms.name_to_count"
AXES_LOCKOUT_TEMPLATE = "registry/locked_out.html"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static" / "built", BASE_DIR / "static" / "src"]
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "files"))()
# The largest register seen is far below this; more than this is refused with a sentence.
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=100 * 1024 * 1024)
# A scanned letter or a few photographs of what was delivered.
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=10 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=f"sqla+sqlite:///{VAR_DIR / 'broker.sqlite3'}")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # every task can run twice
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 4 * 3600} if CELERY_BROKER_URL.startswith("redis") else {}
)
CELERY_TIMEZONE = TIME_ZONE
REBUILD_CHANGED = "procurement.tasks.rebuild_changed"  # of what the registry marked
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "ring again for jobs whose worker is gone": {
        "task": "registry.tasks.sweep_jobs",
        "schedule": env.float("SWEEP_SECONDS", default=15.0),
    },
    "write digests to those whose day it is": {
        "task": "registry.tasks.send_digests",
        "schedule": crontab(hour=6, minute=30),
    },
    "let go of searches nobody confirmed, and of their addresses": {
        "task": "registry.tasks.tidy_searches",
        "schedule": crontab(hour=3, minute=15),
    },
    "rebuild the opportunities of what changed": {
        "task": REBUILD_CHANGED,
        "schedule": 30.0,
    },
    "link frameworks to contracts and suppliers": {
        "task": "procurement.tasks.link_frameworks",
        "schedule": crontab(hour=3, minute=40),
    },
    "look ahead at demand as of the new day": {
        "task": "procurement.tasks.look_ahead",
        "schedule": crontab(hour=2, minute=55),
    },
    "give what changed its place in the feed": {
        "task": "procurement.tasks.place_changes",
        "schedule": 10.0,
    },
    "find the opportunities of the new day": {
        "task": "procurement.tasks.rebuild_all",
        "schedule": crontab(hour=2, minute=40),
    },
    "read the social value of what changed": {
        "task": "social_value.tasks.read_changed",
        "schedule": 30.0,
    },
    "let go of needs nobody confirmed": {
        "task": "social_value.tasks.tidy_needs",
        "schedule": crontab(hour=3, minute=5),
    },
    "pool promises as of the new day": {
        "task": "social_value.tasks.rebuild_pools",
        "schedule": crontab(hour=3, minute=10),
    },
}

# Nothing is loaded from elsewhere, and no script or style stands in a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0


def rate(variable: str, default: str) -> str:
    """So many times in so long: "600/minute"."""
    text: str = env(variable, default=default)
    number, _, span = text.partition("/")
    spans = ("second", "minute", "hour", "day")
    if not (number.isdecimal() and span and any(word.startswith(span) for word in spans)):
        raise SystemExit(f"{variable} is “{text}”, not a number of times in a span, as {default}.")
    return text


# How often the API may be asked, by one address and with one key; how many keys one address gets;
# how many needs it may post; and how many searches it may ask to be told of, of which so many
# confirmations go to one mailbox. Whoever asks can type a stranger's address, so there is a most of
# confirmations for all: room for a day on which the service is in the news, too few to be of use
# to who would have it write to strangers, or for mail servers to take it for one who does.
# Counted in one file for all processes of the machine; each machine counts its own.
RATES = {
    "address": rate("API_RATE", "600/minute"),
    "key": rate("API_KEY_RATE", "6000/minute"),
    "new keys": rate("API_NEW_KEYS", "5/hour"),
    "needs": rate("NEEDS_RATE", "10/hour"),
    "searches": rate("SEARCHES_RATE", "20/hour"),
    "confirmations": rate("CONFIRMATIONS_RATE", "3/day"),
    "confirmations of all": rate("CONFIRMATIONS_OF_ALL", "1000/day"),
}
TALLY = env.path("API_TALLY", default=str(VAR_DIR / "api-tally"))()
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["procurement.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # How many proxies of ours stand in front: callers cannot hide behind a header they wrote.
    "NUM_PROXIES": env.int("PROXIES", default=0),
    "EXCEPTION_HANDLER": "procurement.problem_details.handle",
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Buying Commons API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {
        "name": "Open Government Licence v3.0",
        "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "procurement.openapi.complete",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CouncilsGroupedBy": "registry.models.councils.STORED_KINDS",
        "CategoryKind": "registry.models.Category.Kind",
        "FrameworkKind": "procurement.models.Framework.Kind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "config.logs.WithoutTraceOfRefusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
