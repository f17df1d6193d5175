"""No browser and no proxy keeps a page; only the static files may be kept."""

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse

from tests.factories import SagFactory

pytestmark = pytest.mark.django_db


def gemmes_ikke(svar):
    """Whether the answer forbids every kind of keeping."""
    return {"no-store", "private"} <= {del_.strip() for del_ in svar["Cache-Control"].split(",")}


@pytest.mark.parametrize("navn", ["overblik", "borgere:sag_liste", "borgere:sag_ny"])
@pytest.mark.parametrize("hoveder", [{}, {"HX-Request": "true"}])
def test_pages_and_their_parts_are_not_kept(som, navn, hoveder):
    assert gemmes_ikke(som("sagsbehandler").get(reverse(navn), headers=hoveder))


@pytest.mark.parametrize("status", [302, 403, 404, 405])
def test_what_is_not_a_page_is_not_kept_either(som, client, status):
    sag = SagFactory()
    svar = {
        302: lambda: client.get(reverse("sag", args=[sag.pk])),
        403: lambda: som("mentor").get(reverse("borgere:journal", args=[sag.pk])),
        404: lambda: som("sagsbehandler").get(reverse("sag", args=[sag.pk])),
        405: lambda: som("sagsbehandler").put(reverse("borgere:sag_ny")),
    }[status]()

    assert svar.status_code == status
    assert gemmes_ikke(svar)


def test_the_login_page_is_fresh_every_time(client):
    svar = client.get(reverse("account_login"))

    assert svar.status_code == 200
    assert gemmes_ikke(svar)


def test_static_files_are_answered_before_the_rule():
    orden = [navn.rpartition(".")[2] for navn in settings.MIDDLEWARE]

    assert orden.index("WhiteNoiseMiddleware") < orden.index("IntetGemmesMiddleware")
    assert staticfiles_storage.url("ressource/logo.svg").startswith(settings.STATIC_URL)
