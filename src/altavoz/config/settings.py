"""Every setting of Altavoz, read from the environment; docs/operating.md explains each one."""

import os
import secrets
from pathlib import Path

from environs import Env

from altavoz.core import logs

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
    "altavoz.api",
    "altavoz.insights",
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
    "altavoz.config.apps.OperatorConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "altavoz.api.middleware.ApiMiddleware",  # before kept pages: they are counted and negotiated as well
    "altavoz.web.middleware.feeds.FeedReadersMiddleware",  # before kept pages: their readers count as well
    "altavoz.web.middleware.pages.PageCacheMiddleware",  # first: a kept page costs nothing else
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before headers that only pages need
    "altavoz.web.middleware.headers.HeadersMiddleware",
    "altavoz.web.middleware.leaving.LeavingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "altavoz.web.middleware.origin.OriginCheckMiddleware",
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
        "DIRS": [Path(__file__).parent.parent / "web"],  # for "components/<name>/template.html"
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "altavoz.web.site.site",
            ],
        },
    }
]

# The database: DATABASE_URL, else the embedded server that the command line starts and announces there.
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default="postgresql:///altavoz", conn_max_age=None)
    | {"TEST": {"NAME": env.str("ALTAVOZ_TEST_DB", default="test_altavoz")}}
}
# Our questions are short, so compiling them is unlikely to pay; what it is worth here was not measured.
# Nor does working on one of them in several processes, while other visitors wait for the same cores.
# Statements that `core.statements` has asked five times are planned once for the connection.
DATABASES["default"].setdefault("OPTIONS", {}).update(
    {"options": "-c jit=off -c max_parallel_workers_per_gather=0", "prepare_threshold": 5}
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:settings"
LOGOUT_REDIRECT_URL = "/"
#: Whether whoever works in a team needs a passkey or an authenticator app.
ALTAVOZ_REQUIRE_MFA = env.bool("ALTAVOZ_REQUIRE_MFA", default=not DEMO)
SESSION_ENGINE = "altavoz.people.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
# Signing in: a code by e-mail or a passkey, never a password.
ACCOUNT_ADAPTER = "altavoz.people.adapters.AccountAdapter"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_FORMS = {
    "add_email": "altavoz.people.forms.sign_in.NewAddressForm",
    "confirm_email_verification_code": "altavoz.people.forms.sign_in.AddressCodeForm",
    "confirm_login_code": "altavoz.people.forms.sign_in.SignInCodeForm",
    "login": "altavoz.people.forms.sign_in.SignInForm",
    "request_login_code": "altavoz.people.forms.sign_in.RequestCodeForm",
    "signup": "altavoz.people.forms.sign_in.SignUpForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_METHODS = {"email"}
# Digits: every keyboard of the world has them.
ACCOUNT_LOGIN_BY_CODE_FORMAT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_DISPLAY = "altavoz.people.adapters.shown_name"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "altavoz.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "altavoz.people.forms.second_factor.ActivateAppForm",
    "add_webauthn": "altavoz.people.forms.second_factor.AddPasskeyForm",
    "authenticate": "altavoz.people.forms.second_factor.SecondFactorForm",
    "authenticate_webauthn": "altavoz.people.forms.second_factor.PasskeySecondForm",
    "edit_webauthn": "altavoz.people.forms.second_factor.RenamePasskeyForm",
    "login_webauthn": "altavoz.people.forms.second_factor.PasskeySignInForm",
    "reauthenticate": "altavoz.people.forms.second_factor.ConfirmItIsYouForm",
    "reauthenticate_webauthn": "altavoz.people.forms.second_factor.PasskeyConfirmForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_TOTP_ISSUER = "Altavoz"
MFA_TOTP_TOLERANCE = 1  # clocks of phones are half a minute wrong
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PUBLIC_URL.startswith(
    "http://localhost"
)  # browsers trust localhost, too
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SOCIALACCOUNT_ADAPTER = "altavoz.people.adapters.PlatformAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # people say what they want to be called
SOCIALACCOUNT_FORMS = {"signup": "altavoz.people.forms.sign_in.PlatformSignUpForm"}
#: Sign-in with a platform is offered where its id and secret are set, such as GITHUB_CLIENT_ID.
SOCIALACCOUNT_PROVIDERS = {
    name: {"APPS": [{"client_id": client, "secret": secret}]}
    for name in ("github", "gitlab", "google")
    if (client := env.str(f"{name.upper()}_CLIENT_ID", default=""))
    and (secret := env.str(f"{name.upper()}_CLIENT_SECRET", default=""))
}
#: How many proxies of ours stand before the web process; the address of a visitor is told by the outermost one.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ALTAVOZ_PROXIES", default=0)
# Rate limits are counted here. Each process counts by itself unless CACHE_URL names a cache they share.
CACHES = {
    "default": {"OPTIONS": {"MAX_ENTRIES": 50_000}} | env.dj_cache_url("CACHE_URL", default="locmem://")
}
# Mail: EMAIL_URL, such as smtp+tls://name:password@mail.example.org:587; the demo writes files instead.
globals().update(
    env.dj_email_url("EMAIL_URL", default=f"file:///{VAR.absolute()}/mail" if DEMO else "smtp://localhost:25")
    | {"EMAIL_TIMEOUT": 20}
)
DEFAULT_FROM_EMAIL = env.str("ALTAVOZ_MAIL_FROM", default="Altavoz <altavoz@localhost>")

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
_S3_BUCKET = env.str("ALTAVOZ_S3_BUCKET", default="")
_S3_DOMAIN = env.str("ALTAVOZ_S3_DOMAIN", default="")
_S3 = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": _S3_BUCKET,
        "endpoint_url": env.str("ALTAVOZ_S3_URL", default="") or None,
        "region_name": env.str("ALTAVOZ_S3_REGION", default="") or None,
        "custom_domain": _S3_DOMAIN or None,
        "querystring_auth": False,
        "file_overwrite": True,  # a file is named after its content
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
    },
}
_LOCAL = {"BACKEND": "django.core.files.storage.FileSystemStorage"}

# Credentials of channels are sealed with the first key; what the older ones sealed still opens.
ALTAVOZ_CREDENTIAL_KEYS = env.list("ALTAVOZ_CREDENTIAL_KEYS", default=[]) or [_kept_secret("credential-key")]

#: After so many months (13 at least) the reach of a day becomes part of its month.
ALTAVOZ_REACH_MONTHS = env.int("ALTAVOZ_REACH_MONTHS", default=13)

# Fetching: private addresses that may be fetched all the same, as "cidr" or "cidr:port". Empty by default.
ALTAVOZ_FETCH_ALLOW: list[str] = env.list("ALTAVOZ_FETCH_ALLOW", default=[])
#: How many processes visit sources side by side where many are due; 1 leaves it to the worker itself.
ALTAVOZ_POLL_PROCESSES = max(1, env.int("ALTAVOZ_POLL_PROCESSES", default=os.cpu_count() or 1))
#: A key for YouTube's Data API: with it all works of a channel can be read, without it the newest fifteen.
ALTAVOZ_YOUTUBE_KEY = env.str("ALTAVOZ_YOUTUBE_KEY", default="")

# Whether to list the data of works whose owners asked that they are not republished; never shown or promoted.
ALTAVOZ_LIST_NO_PUBLISH = env.bool("ALTAVOZ_LIST_NO_PUBLISH", default=False)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _SECURE
X_FRAME_OPTIONS = "DENY"

# Web
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "altavoz.web.stylesheet.StylesheetFinder",
]
STORAGES = {
    "default": _S3 if _S3_BUCKET else _LOCAL,
    "staticfiles": {"BACKEND": "altavoz.web.storage.StaticStorage"},
}
WHITENOISE_USE_FINDERS = True  # until `collectstatic` ran, files come from where they are written
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site loads our scripts and styles
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a missing folder
#: Levels of messages (debug, info, success, warning, error) as tones of the design system.
MESSAGE_TAGS = {10: "info", 20: "info", 25: "good", 30: "warn", 40: "bad"}
#: How many bytes of whole pages each process keeps for visitors who are not signed in; 0 keeps none.
ALTAVOZ_PAGE_CACHE_BYTES = env.int("ALTAVOZ_PAGE_CACHE_MB", default=64) * 1_000_000
#: A network before us (CDN) that keeps pages for long: where to tell it what to forget, with which header as a
#: credential ("Authorization: Bearer …"), and how long it may keep a page that it is not told to forget.
ALTAVOZ_PURGE_URL = env.str("ALTAVOZ_PURGE_URL", default="")
ALTAVOZ_PURGE_HEADER = env.str("ALTAVOZ_PURGE_HEADER", default="")
ALTAVOZ_EDGE_SECONDS = env.int("ALTAVOZ_EDGE_SECONDS", default=24 * 3600)
#: Where operators find the Django admin.
ALTAVOZ_ADMIN_PATH = env.str("ALTAVOZ_ADMIN_PATH", default="operator/")
#: Who to write to about a security hole, for /.well-known/security.txt.
ALTAVOZ_SECURITY_CONTACT = env.str("ALTAVOZ_SECURITY_CONTACT", default=f"{PUBLIC_URL}/en/about/")
#: After so many days a file of open data is deleted, and with it what was taken down since.
ALTAVOZ_DUMP_DAYS = env.int("ALTAVOZ_DUMP_DAYS", default=7)
#: How many times a minute one network may ask the API.
ALTAVOZ_API_LIMIT = env.int("ALTAVOZ_API_LIMIT", default=600)
#: A folder of fonts for card pictures, looked into before those of the system.
ALTAVOZ_FONTS = env.str("ALTAVOZ_FONTS", default="")
# Where visitors load pictures from when they are in object storage.
_S3_HOSTS = (
    f"https://{_S3_DOMAIN}" if _S3_DOMAIN else "",
    env.str("ALTAVOZ_S3_URL", default=""),
    f"https://{_S3_BUCKET}.s3.amazonaws.com",
)
_PICTURES = [next(filter(None, _S3_HOSTS))] if _S3_BUCKET else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *_PICTURES],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": ["'none'"],  # the page of a work opens it for its own player
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        # Signing in through a platform posts here and is then redirected there.
        "form-action": ["'self'", "https://github.com", "https://gitlab.com", "https://accounts.google.com"],
    }
}

# Logs: "json" for machines, "text" for people, "auto" takes text on a terminal.
LOGGING = logs.settings(
    level=env.str("ALTAVOZ_LOG_LEVEL", default="INFO"),
    shape=env.enum("ALTAVOZ_LOG_FORMAT", enum=logs.Shape, default=logs.Shape.AUTO, by_value=True),
)
