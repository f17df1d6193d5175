"""What ./start runs: real parts on one machine, no TLS in front."""

from ressource.settings import miljoe
from ressource.settings.base import *  # noqa: F403

SECRET_KEY = miljoe.tekst("RESSOURCE_SECRET_KEY", "kun-til-lokal-brug")
DEBUG = miljoe.ja_nej("RESSOURCE_DEBUG")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
