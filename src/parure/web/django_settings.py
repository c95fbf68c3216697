"""Django's settings, derived from `parure.settings`; nothing is configured here that a shop would want to change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from parure import settings as parure_settings
from parure.web.secret import secret_key

_ours = parure_settings.get()


def _database() -> dict[str, Any]:
    if _ours.database_url:
        return dict(dj_database_url.parse(_ours.database_url, conn_max_age=600, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _ours.data / "parure.db",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue at BEGIN instead of failing in the middle of a transaction; readers never wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8192;"
                "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def _cache() -> dict[str, Any]:
    if _ours.cache_url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _ours.cache_url}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


SECRET_KEY = secret_key(_ours)
DEBUG = _ours.debug
ALLOWED_HOSTS = _split(_ours.allowed_hosts)
CSRF_TRUSTED_ORIGINS = _split(_ours.trusted_origins)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "parure.web.accounts",
    "parure.web.archive",
    "parure.web.archive.review",
    "parure.web.catalogue",
    "parure.web.storefront",
    "parure.web.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "parure.web.limits.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "parure.web.limits.RateLimitMiddleware",
]
ROOT_URLCONF = "parure.web.urls"
WSGI_APPLICATION = "parure.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "storefront"],  # a page's templates lie in its own folder, beside its view
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "parure.web.storefront.context.shop",
            ],
        },
    }
]
DATABASES = {"default": _database()}
CACHES = {"default": _cache()}
CSRF_FAILURE_VIEW = "parure.web.storefront.errors.csrf_failure"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "browse"
LOGOUT_REDIRECT_URL = "browse"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # serve straight from the installed packages: no collect step before the first start
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = _ours.max_request_bytes
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 100
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # TLS ends at the proxy
if _ours.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"parure": {"level": "INFO"}},
}
