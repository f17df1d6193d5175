"""Signing in: local accounts through django-allauth, without sign-up (ADR 0005)."""

import logging
from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import ResHelper
from ressource.models import Bruger

logger = logging.getLogger(__name__)


class KontoBackend(ModelBackend):
    """Local passwords. The demo's printed password opens nothing outside the demo."""

    def user_can_authenticate(self, user: Bruger | None) -> bool:  # type: ignore[override]
        """Active, and not a demo user where `RESSOURCE_DEMO` is off; running sessions end too."""
        maa_ind = super().user_can_authenticate(user)
        return maa_ind and (settings.RESSOURCE_DEMO or not getattr(user, "er_demo", False))


class KontoAdapter(DefaultAccountAdapter):
    """allauth's choices for an application whose users are made by an administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Brugernavn eller adgangskode er forkert. Prøv igen.",
        "too_many_login_attempts": (
            "Der har været for mange mislykkede forsøg. Vent fem minutter, og prøv igen."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No «you are now signed in»: the page that follows says so."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt. Without the broker nobody is counted, but everybody can still work."""
        try:
            super().pre_authenticate(request, **credentials)
        except RedisError:
            logger.exception("Loginforsøg kan ikke tælles: brokeren svarer ikke.")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # Counted per address *and* user name: a stranger elsewhere cannot lock a caseworker out.
        return f"{self.get_client_ip(request)}:{credentials.get('username', '').lower()}"


class LogIndForm(LoginForm):
    """User name and password with our labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Brugernavn"
        self.fields["login"].widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        self.fields["password"].label = "Adgangskode"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.helper = ResHelper("login", "password")
        self.helper.form_error_title = "Du blev ikke logget ind"


class LogInd(views.LoginView):
    """allauth's view; a refusal answers 422 like every other form."""

    def form_invalid(self, form: LogIndForm) -> HttpResponse:
        kontekst = self.get_context_data(form=form)
        response: HttpResponse = self.render_to_response(kontekst, status=422)
        return response


@require_safe
@kraever("overblik.se")
def logget_ind(request: Anmodning) -> HttpResponse:
    """Where one comes who signed in in a new tab: the text waits in the old one."""
    return render(request, "ressource/logget_ind.html")


log_ind = LogInd.as_view()
log_ud = views.logout
