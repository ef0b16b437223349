"""The settings of the site. What differs from one site to the next is read from the environment.

With nothing set this is a site for one machine: it listens on 127.0.0.1 and keeps what it needs in var/.
"""

import contextlib
import warnings
import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf.global_settings import LANGUAGES as KNOWN_LANGUAGES
from whitenoise.compress import Compressor

from newsroom import connections, env, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
with contextlib.suppress(OSError):  # who needs it, and cannot write there, says so
    VAR.mkdir(mode=0o700, exist_ok=True)
    (VAR / "static").mkdir(exist_ok=True)

# --- The site -------------------------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG")
PORT = env.number("PORT", 8000, low=1, high=65535)
SITE_NAME = env.text("SITE_NAME", "Newsroom")
SITE_URL = env.origin("SITE_URL", f"http://127.0.0.1:{PORT}")
SITE_HOST = urlsplit(SITE_URL).hostname
IS_HTTPS = SITE_URL.startswith("https:")
if IS_HTTPS and DEBUG:
    raise env.Mistake("DEBUG", "it shows the site's inside to every visitor; turn it off where SITE_URL is https.")

SECRET_KEY = env.secret("SECRET_KEY")
if IS_HTTPS and not SECRET_KEY:
    raise env.Mistake("SECRET_KEY", "set it, or SECRET_KEY_FILE, before you serve a site whose SITE_URL is https.")
SECRET_KEY = secret_key.check(SECRET_KEY) if SECRET_KEY else secret_key.kept_in(VAR / "secret-key")

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [SITE_HOST, *([] if IS_HTTPS else LOCAL_HOSTS)])
if IS_HTTPS and "*" in ALLOWED_HOSTS:
    raise env.Mistake("ALLOWED_HOSTS", "name the hosts; with '*' a stranger can put any address into the site's links.")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

# How many proxies of ours stand in front: so many entries at the end of X-Forwarded-For can be believed.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, low=0, high=10)

# An OpenAI-compatible service that drafts texts for editors to approve; there is none of that where it is empty.
ASSIST_URL = env.endpoint("ASSIST_URL")
ASSIST_MODEL = env.text("ASSIST_MODEL")
ASSIST_KEY = env.token("ASSIST_KEY")
# Tokens a day, and seconds that it has for one answer: fewer than work in hand is left alone (models/due.py).
ASSIST_BUDGET = env.number("ASSIST_BUDGET", 200_000, low=0, high=1_000_000_000)
ASSIST_SECONDS = env.number("ASSIST_SECONDS", 60, low=1, high=240)
if ASSIST_URL and not ASSIST_MODEL:
    raise env.Mistake("ASSIST_MODEL", "name the model that the service at ASSIST_URL shall use.")

# A WebSub hub that tells subscribers of new articles; none is told where this is empty.
WEBSUB_HUB = env.address("WEBSUB_HUB", "https://hub.example/")
# What the site asks of programs that fetch its pages, by their purpose; see robots.txt.
ROBOTS = {
    purpose: env.choice(f"ROBOTS_{purpose.upper()}", {"allow", "deny"}, default) == "allow"
    for purpose, default in (("search", "allow"), ("training", "deny"), ("user_fetch", "allow"))
}
# The page that says on which terms programs may learn from our texts; TDMRep names it where those rights are kept.
ROBOTS_TRAINING_POLICY = env.address("ROBOTS_TRAINING_POLICY")

# --- The parts ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",  # first, so that its templates go before the admin's
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",
]
# From the outside in. Sessions, users and messages are loaded only when something asks for them, so a page for readers
# that asks for none is the same for everybody.
MIDDLEWARE = [
    "newsroom.health.health",
    "newsroom.request_log.request_log",
    "newsroom.security.security_headers",
    "newsroom.security.refuse_odd_requests",
    "articles.middleware.ConditionalAnswers",
    "articles.middleware.PageCache",
    "articles.middleware.desk_in_english",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.middleware.PlainAnswers",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
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
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

# --- Where things are kept ------------------------------------------------------------------------------------------

# The longest a statement may run on PostgreSQL, in seconds. The web server sets 10 (see newsroom/wsgi.py); commands,
# which may rebuild an index, have no limit.
STATEMENT_TIMEOUT = env.number("STATEMENT_TIMEOUT", 0, low=0, high=3600)
# Whether a SQLite file that is missing is an error. It is for the web server, which would make an empty one, and lose
# with it what the log beside it holds; `migrate` makes one.
DATABASE_MUST_EXIST = env.flag("DATABASE_MUST_EXIST")
DATABASES = {"default": connections.sqlite(VAR / "newsroom.sqlite3", must_exist=DATABASE_MUST_EXIST)}
if _url := env.secret("DATABASE_URL"):
    DATABASES["default"] = connections.database(
        "DATABASE_URL", _url, base=BASE_DIR, seconds=STATEMENT_TIMEOUT, must_exist=DATABASE_MUST_EXIST
    )
# Replicas are read and checked here, but nothing asks them yet.
for _number, _url in enumerate(env.words("REPLICA_URLS"), start=1):
    _replica = connections.database("REPLICA_URLS", _url, base=BASE_DIR, seconds=STATEMENT_TIMEOUT)
    if {_replica["ENGINE"], DATABASES["default"]["ENGINE"]} != {"django.db.backends.postgresql"}:
        raise env.Mistake("REPLICA_URLS", "only PostgreSQL has replicas here, and DATABASE_URL has to be one too.")
    DATABASES[f"replica{_number}"] = _replica | {"TEST": {"MIRROR": "default"}}

CACHES = {"default": connections.cache("CACHE_URL", env.secret("CACHE_URL") or "locmem://")}
# Finished pages that each process of the web server keeps, in megabytes; 0 keeps none. With Redis all machines know at
# once which of them are out of date, else the processes of one machine do, by a file.
PAGE_CACHE_MEGABYTES = env.number("PAGE_CACHE_MEGABYTES", 32, low=0, high=4096)
PAGE_CACHE_MARKS = env.folder("PAGE_CACHE_FOLDER", VAR) / "page-marks"

MEDIA_URL = "media/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR / "media")
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.static.CollectedStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = True  # the site looks right before anybody has run collectstatic
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]  # large, and for developers only

# --- Language and time ----------------------------------------------------------------------------------------------

# What most articles are in. The site's own words are in that language where there is a translation, else in English.
SITE_LANGUAGE = env.language("LANGUAGE_CODE", {code for code, _ in KNOWN_LANGUAGES}, "en")
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
_translated = {"en", *(file.parts[-3].lower().replace("_", "-") for file in LOCALE_PATHS[0].glob("*/*/django.mo"))}
LANGUAGES = [(code, name) for code, name in KNOWN_LANGUAGES if code in _translated]
LANGUAGE_CODE = next((code for code in (SITE_LANGUAGE, SITE_LANGUAGE.partition("-")[0]) if code in _translated), "en")
TIME_ZONE = env.choice("TIME_ZONE", zoneinfo.available_timezones(), "UTC")
USE_TZ = True
if django.VERSION < (6, 0):
    # 5.2 asks for this choice and warns of it as well; from 6.0 on it is the rule.
    warnings.filterwarnings("ignore", message="The FORMS_URLFIELD_ASSUME_HTTPS transitional setting is deprecated")
    FORMS_URLFIELD_ASSUME_HTTPS = True

# --- Safety ---------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # outlets may see that we sent them a reader, not from where
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# By this a reader who has written, recommended or reported something is known again, and by nothing before that.
READER_COOKIE_NAME = "__Host-reader" if IS_HTTPS else "reader"
# How many comments of a newcomer a moderator reads before they appear.
COMMENTS_HELD_AT_FIRST = env.number("COMMENTS_HELD_AT_FIRST", 2, low=0, high=100)
# Whether articles have "Try our AI features" at all: what a program finds in their own words.
READING_AID = env.flag("READING_AID", default=True)
# A model that tells how alike articles are in meaning, and the languages it knows; without one words count alone.
RELATED_MODEL = env.model("RELATED_MODEL")
RELATED_MODEL_LANGUAGES = env.languages("RELATED_MODEL_LANGUAGES", {code for code, _ in KNOWN_LANGUAGES}, ["en"])
# How many times as fast as usual readers may write; 0 sets no limit.
COMMENT_SPEED = env.number("COMMENT_SPEED", 1, low=0, high=1000)

# A browser takes a __Host- cookie only over https and for this very host.
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 12 * 3600  # a long shift at the desk
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_FAILURE_VIEW = "articles.views.errors.forged_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A service of the operator's choice that looks at comments after they were stored; see articles/moderation/remote.py.
MODERATION_URL = env.endpoint("MODERATION_URL")
MODERATION_KEY = env.token("MODERATION_KEY")

# --- Mail and log ---------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"newsroom@{SITE_HOST}"
# A public site hands its mail to the machine's own mail server unless told otherwise; a local one shows it.
_mail = connections.mail("EMAIL_URL", env.secret("EMAIL_URL") or ("smtp://localhost" if IS_HTTPS else "console://"))
if django.VERSION >= (6, 1):
    MAILERS = {"default": _mail}
else:
    EMAIL_BACKEND = _mail["BACKEND"]
    EMAIL_HOST = _mail["OPTIONS"].get("host", "localhost")
    EMAIL_PORT = _mail["OPTIONS"].get("port", 25)
    EMAIL_HOST_USER = _mail["OPTIONS"].get("username", "")
    EMAIL_HOST_PASSWORD = _mail["OPTIONS"].get("password", "")
    EMAIL_USE_TLS = _mail["OPTIONS"].get("use_tls", False)
    EMAIL_USE_SSL = _mail["OPTIONS"].get("use_ssl", False)
    EMAIL_TIMEOUT = _mail["OPTIONS"].get("timeout")

LOG_FORMAT = env.choice("LOG_FORMAT", {"text", "json"}, "text")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "newsroom.log_lines.TextLines"},
        "json": {"()": "newsroom.log_lines.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},  # what is less is in the request's own line
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
