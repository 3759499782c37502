"""Every setting of Altavoz, read from the environment; docs/operating.md explains each one."""

import os
import secrets
from pathlib import Path

from environs import Env

env = Env()

#: The folder for all that the program writes: database, media, keys, logs, figures.
VAR = Path(env.str("ALTAVOZ_VAR", default=str(Path.cwd() / "var")))


def _kept_secret(name: str) -> str:
    """Return the secret kept in VAR under `name`, made on first use; only its owner may read the file."""
    path = VAR / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(fresh, path)  # the first process wins; the others read what it wrote
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


DEBUG = env.bool("ALTAVOZ_DEBUG", default=False)
DEMO = env.bool("ALTAVOZ_DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret("secret-key")
#: Where visitors find us; addresses in feeds, mails and posts start with it.
PUBLIC_URL = env.str("ALTAVOZ_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALTAVOZ_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
_SECURE = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "altavoz.web",
    "altavoz.showcase",
    "altavoz.ingest",
    "altavoz.moderation",
    "altavoz.promotion",
    "altavoz.search",
    "altavoz.people",
    "altavoz.core",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.gitlab",
    "allauth.socialaccount.providers.google",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "altavoz.config.urls"
WSGI_APPLICATION = "altavoz.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The database: DATABASE_URL, else the embedded server that the command line starts and announces there.
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default="postgresql:///altavoz", conn_max_age=None)
    | {"TEST": {"NAME": env.str("ALTAVOZ_TEST_DB", default="test_altavoz")}}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

# Languages of the interface: Spanish first.
LANGUAGE_CODE = "es"
LANGUAGES = [
    ("es", "Español"),
    ("pt-br", "Português (Brasil)"),
    ("fr", "Français"),
    ("en", "English"),
    ("ar", "العربية"),
    ("ja", "日本語"),
]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

# Fetching: private addresses that may be fetched all the same, as "cidr" or "cidr:port". Empty by default.
ALTAVOZ_FETCH_ALLOW = env.list("ALTAVOZ_FETCH_ALLOW", default=[])

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _SECURE
X_FRAME_OPTIONS = "DENY"
