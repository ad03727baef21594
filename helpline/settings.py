"""Settings of every installation: one file, everything from the environment.

Environments differ by variables alone. A secret that is missing is a refusal to start which names
the variable. Each secret may also lie in a file named by `<NAME>_FILE`, as container engines hand
them over. `HELPLINE_ENV` is `production` unless said otherwise; `make run` says `development`, the
tests say `test`.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from helpline.variables import database, email, optional, required, switch

BASE_DIR = Path(__file__).resolve().parent.parent


ENVIRONMENT = optional("HELPLINE_ENV", "production")
if ENVIRONMENT not in {"production", "development", "test"}:
    raise ImproperlyConfigured("HELPLINE_ENV is none of production, development, test.")
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"

DEBUG = False
SECRET_KEY = required("SECRET_KEY")
HELPLINE_KEYS = required("HELPLINE_KEYS")
REDIS_URL = required("REDIS_URL")
# The machine itself may always ask: health checks come from inside, and no foreign name is opened by it.
ALLOWED_HOSTS = [
    *filter(None, (host.strip() for host in required("ALLOWED_HOSTS").split(","))),
    "localhost",
    "127.0.0.1",
    "[::1]",
]

# --- What is installed -------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    # Before allauth, so that our templates win over those it brings.
    "helpline.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "oauth2_provider",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "axes",
    "cases",
    "api",
]

MIDDLEWARE = [
    "api.middleware.MachineDoor",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "helpline.web.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "helpline.web.middleware.IdleSession",
    "helpline.web.refusals.Refusals",
    "helpline.web.middleware.LoginRequired",
    "helpline.web.middleware.RequireSecondFactor",
    "helpline.web.middleware.ViewerZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "helpline.urls"
WSGI_APPLICATION = "helpline.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True
# A call's note may be long, a megabyte is a mistake; forms keep what was typed and say so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# No form here takes a file; one that is sent all the same is not written to a disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "helpline.web.context.shell",
            ]
        },
    }
]

FORM_RENDERER = "helpline.web.forms_renderer.HouseRenderer"

# --- PostgreSQL, the only truth ----------------------------------------------------------------


# A test asks each connection anew: its database comes and goes.
DATABASES = {"default": database(required("DATABASE_URL"), keep_seconds=0 if TESTING else 300)}

# --- Redis: wake-ups and things that may be lost -----------------------------------------------

# The counters that guard sign-in (attempts, used one-time codes, request limits) are a matter of safety, so
# they live in PostgreSQL: nobody may get unlimited attempts by stopping Redis, and nobody may be locked out by it.
# allauth and REST framework use the cache named "default", so that one is the same table.
_GUARDS = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "guard_counters",
    # Their names hold handles and addresses of staff; a thief of the table reads neither.
    "KEY_FUNCTION": "helpline.web.guards.sealed_key",
    "OPTIONS": {"MAX_ENTRIES": 200_000},
}
_SOCKET_LIMITS = {"socket_connect_timeout": 0.5, "socket_timeout": 2}
CACHES = {
    "default": _GUARDS,
    "guards": _GUARDS,
    "redis": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": _SOCKET_LIMITS,
    },
}

# kombu spells an address by socket file in its own way.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 1
# A nudge that does not arrive costs nothing: the clock finds the row. So nobody waits for a broker that is away.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_keepalive": True,
    "socket_connect_timeout": 0.5,
    # A broker that accepts and then never answers must not hold the bell, or a worker, for ever.
    "socket_timeout": 5,
    "health_check_interval": 25,
    "max_retries": 0,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BEAT_SCHEDULER = "helpline.celery:Scheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
TICK_SECONDS = float(optional("TICK_SECONDS", "15"))
CELERY_BEAT_SCHEDULE = {
    # A tick nobody fetched before the next one is due has no worth.
    "tick": {
        "task": "cases.schedule.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS * 0.9},
    },
    "forget_sessions": {
        "task": "helpline.web.tasks.forget_sessions",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "forget_old_requests": {
        "task": "api.tasks.forget_old_requests",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
}
# How long a message is in one worker's hands. When the worker dies it is sent again after this time.
DELIVERY_LEASE_SECONDS = float(optional("DELIVERY_LEASE_SECONDS", "120"))

# --- Who gets in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "helpline.web.guards.StaffBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING
    else "django.contrib.auth.hashers.Argon2PasswordHasher",
    "helpline.hashers.RandomSecretHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("handle",)},
    },
]

ACCOUNT_ADAPTER = "helpline.web.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "helpline.web.accounts.SignInForm",
    "reauthenticate": "helpline.web.accounts.ConfirmPasswordForm",
}
# Behind one office address a whole shift signs in within minutes, so an address alone has a wide limit. What fails
# is counted beside axes: by handle and address for passwords, by person for codes.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "10/300s/key"}

MFA_ADAPTER = "helpline.web.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Helpline"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "helpline.web.accounts.CodeForm",
    "reauthenticate": "helpline.web.accounts.ConfirmCodeForm",
    "activate_totp": "helpline.web.accounts.SetUpTOTPForm",
}

AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_CACHE = "guards"
# Name and address together: a name alone would let anybody lock a counsellor out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "account/locked.html"

# How many of our own proxies stand before us: without it everybody would share the address of the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(optional("TRUSTED_PROXIES", "0"))
AXES_CLIENT_IP_CALLABLE = "helpline.address.client_address"

# Set to off only where the whole way to the browser is this machine.
HTTPS = switch("HELPLINE_HTTPS", PRODUCTION)
_COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_SECONDS = 15 * 60
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{_COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- The machine door --------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.DenyAll"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "api.auth.BearerToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.PerUser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.renderers.AlwaysJSON",
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.ORJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.renderers.ORJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.ByKey",
    "DEFAULT_FILTER_BACKENDS": ["api.filtering.SharedFilter"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "api.schema.DoorSchema",
    "EXCEPTION_HANDLER": "api.errors.problem_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Helpline",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": "Calls, cases and what follows from them: the same steps and rules as the pages. See docs/api.md.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]",
    "ENUM_NAME_OVERRIDES": {
        "Country": "api.serializers.fields.COUNTRY_CODES",
        "Region": "api.serializers.fields.REGION_CODES",
        **{
            name: f"cases.enums.{name}"
            for name in (
                "CallOutcome",
                "CaseStatus",
                "Certainty",
                "ContactSafety",
                "DetentionOutcome",
                "FigureKind",
                "FollowUpKind",
                "FollowUpOutcome",
                "FollowUpStatus",
                "Language",
                "PlaceKind",
                "ReferralStatus",
            )
        },
    },
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.schema.add_problem"],
}
OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 15 * 60,
    # Machines only: no other grant is spoken, so nobody's password and no redirect is ever asked for.
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    # Our client secrets are 128 random characters: nothing to guess, so slow hashing would only be a way to
    # keep this machine busy from outside.
    "CLIENT_SECRET_HASHER": "random_secret",
    "SCOPES_BACKEND_CLASS": "api.scopes.ClientScopes",
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "api.Client"
API_REQUESTS_A_MINUTE = int(optional("API_REQUESTS_A_MINUTE", "600"))
TOKENS_A_MINUTE = int(optional("TOKENS_A_MINUTE", "30"))

# --- Words, times, files -----------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "helpline" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = optional("STATIC_ROOT", str(BASE_DIR / ".local" / "static"))
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


globals().update(email(required("EMAIL_URL")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = optional("EMAIL_FROM", "helpline@localhost")
# Where people sign in, as messages name it.
PUBLIC_URL = optional("PUBLIC_URL", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}/")

# --- Logs that tell nothing --------------------------------------------------------------------

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "helpline.logs.AllowListFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": optional("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handler would mail whole requests to administrators.
        "django": {"handlers": [], "level": "NOTSET"},
        # Its words hold the values of a query and of a form.
        "django.db.backends": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
        # Below a warning it tells what each task returned.
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
    },
}
