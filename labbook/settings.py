"""Settings, all from the environment, with defaults that are safe on one laptop."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from labbook.environment import database_from_url, flag, secret_key, words

# Several workers and threads share a machine: a fit that spreads over all cores is slower than one that does not.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

BASE_DIR = Path(__file__).resolve().parent.parent

# Where the notebook keeps what is not code: database, secret key, files.
DATA_DIR = Path(os.environ.get("LABBOOK_DATA_DIR", BASE_DIR / "var"))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = flag("LABBOOK_DEBUG", default=False)
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = words("LABBOOK_ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = words("LABBOOK_TRUSTED_ORIGINS", "")

# Behind TLS the cookies travel only encrypted and browsers are told to stay there.
BEHIND_TLS = flag("LABBOOK_TLS", default=False)
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django_tasks_db",
    "labbook",
    "samples",
    "measurements",
    "analysis",
]

MIDDLEWARE = [
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
    "allauth.account.middleware.AccountMiddleware",
    "labbook.middleware.PrivateMiddleware",
    "labbook.middleware.LabMiddleware",
    "labbook.middleware.SafeFormMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "labbook.urls"
WSGI_APPLICATION = "labbook.wsgi.application"

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
                "labbook.context.frame",
            ],
            "builtins": [
                "labbook.templatetags.labbook_marks",
                "labbook.templatetags.labbook_fields",
                "labbook.templatetags.labbook_drafts",
            ],
        },
    }
]

DATABASES: dict[str, Any] = {"default": database_from_url(os.environ.get("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits and one-time links must be seen by every process, so they live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "labbook_cache",
    }
}

AUTH_USER_MODEL = "labbook.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
CSRF_FAILURE_VIEW = "labbook.views.errors.csrf_failure"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# A forgotten password of nobody sends nothing: the notebook writes to no address it does not know.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_ADAPTER = "labbook.sign_in.InvitationOnlyAdapter"
ACCOUNT_SESSION_REMEMBER = True
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
EMAIL_BACKEND = os.environ.get("LABBOOK_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")

# What went wrong is told where the server runs, not only where errors are mailed to.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
}

# Sliding sessions: a person at the bench is signed out after two weeks without a request (LabMiddleware).
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False

LANGUAGE_CODE = "en"
TIME_ZONE = os.environ.get("LABBOOK_TIME_ZONE", "Europe/Rome")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# What the upper floors put into a new lab (recipes, places), named as strings because imports go downhill.
LAB_FURNISHERS = [
    "samples.services.furnishing.furnish_lab",
    "measurements.services.furnishing.furnish_lab",
    "analysis.services.furnishing.furnish_lab",
]
# What they add to the demonstration lab behind its tables.
DEMONSTRATORS = ["measurements.demonstration.loading.load_measurements"]
# Record type → the service that edits it and keeps its search row right; others use editing.edit_record.
EDIT_SERVICES = {
    "sample": "samples.services.editing.edit_sample",
    "synthesis": "samples.services.editing.edit_synthesis",
    "measurement": "measurements.services.measurements.edit_measurement",
    "instrument": "measurements.services.instruments.edit_instrument",
    "instrumentsession": "measurements.services.sessions.edit_session",
    "calibration": "measurements.services.calibrations.edit_calibration",
}

# What the measurements floor tells of, to whoever listens in the same transaction.
MEASUREMENTS_MADE = ["analysis.services.listening.measurements_made"]
MEASUREMENTS_CHANGED = ["analysis.services.listening.measurements_changed"]
INSTRUMENT_CALIBRATED = ["analysis.services.listening.instrument_calibrated"]

# Long work is done by `manage.py worker`, which takes it from this queue.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Kind of job → the function that does it, `def handler(run: labbook.jobs.run.Run) -> dict | None`.
JOB_KINDS: dict[str, str] = {
    "read_raw_file": "measurements.jobs.read_raw_file",
    "reread_files": "measurements.jobs.reread_files",
    "analyse_measurements": "analysis.jobs.analyse_measurements",
    "analyse_with": "analysis.jobs.analyse_with",
    "fit_series": "analysis.jobs.fit_series",
    "repeat_fits": "analysis.jobs.repeat_fits",
    "check_fits": "analysis.jobs.check_some_fits",
}
# What a worker does at its start and once an hour besides its jobs.
HOUSEKEEPING = ["measurements.services.housekeeping.keep_files", "analysis.services.housekeeping.keep_fits"]
# A worker that was not heard of for so long is lost, and its job begins again.
JOB_LEASE_S = 30

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA_DIR / "files"
# Front-end packages that pages load, as set-up has installed them from package-lock.json.
NPM = {"npm/uplot": "uplot/dist", "npm/tus": "tus-js-client/dist"}
STATICFILES_DIRS = [
    (prefix, BASE_DIR / "node_modules" / folder)
    for prefix, folder in NPM.items()
    if (BASE_DIR / "node_modules" / folder).is_dir()
]

# Raw files and arrays: a folder, or s3://bucket/prefix?endpoint=https://…&region=….
FILES = os.environ.get("LABBOOK_FILES", str(DATA_DIR / "files"))
# Files on their way; several web machines share it.
SPOOL = os.environ.get("LABBOOK_SPOOL", str(DATA_DIR / "spool"))
LARGEST_FILE_BYTES = int(os.environ.get("LABBOOK_LARGEST_FILE_BYTES", str(8 * 1024**3)))

# A pasted megabyte is refused at the field, not by a dropped connection; tables arrive as files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "labbook.api.schema.LabbookSchema",
    "EXCEPTION_HANDLER": "labbook.api.errors.error_answer",
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "COERCE_DECIMAL_TO_STRING": False,
}
REST_KNOX = {"TOKEN_TTL": None, "TOKEN_PREFIX": "labbook_", "TOKEN_LIMIT_PER_USER": None}
SPECTACULAR_SETTINGS = {
    "TITLE": "Labbook",
    "DESCRIPTION": "Samples, processes and syntheses of a nanocrystal lab.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
