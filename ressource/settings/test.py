"""Tests: the same database engine, faster hashing, static files without a manifest."""

from ressource.settings.base import *  # noqa: F403
from ressource.settings.base import STORAGES

SECRET_KEY = "kun-til-test"  # noqa: S105 -- no secret: tests only
RESSOURCE_DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
