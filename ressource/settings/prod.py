"""Production: nothing has a default that could be forgotten."""

from ressource.settings import miljoe
from ressource.settings.base import *  # noqa: F403
from ressource.settings.base import database

SECRET_KEY = miljoe.tekst("RESSOURCE_SECRET_KEY")
ALLOWED_HOSTS = miljoe.tekst("RESSOURCE_HOSTS").split(",")
RESSOURCE_ADRESSE = miljoe.tekst("RESSOURCE_ADRESSE", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
DATABASES = {
    "default": database(
        miljoe.tekst("DATABASE_URL"),
        statement_timeout_ms=miljoe.tal("RESSOURCE_STATEMENT_TIMEOUT_MS", 15_000),
    )
}
BROKER_URL = miljoe.tekst("BROKER_URL")
RESSOURCE_DEMO = False

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# How many proxies stand in front: failed sign-ins are counted by the address behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = miljoe.tal("RESSOURCE_ANTAL_PROXYER", 1)
EMAIL_HOST = miljoe.tekst("RESSOURCE_SMTP", "localhost")
