"""Every address of the application; each app brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from opfoelgning.views import sag
from ressource import beskedside, forside, kalenderside, login, sundhed, visningsside

urlpatterns: list[URLPattern | URLResolver] = [
    path("", forside.overblik, name="overblik"),
    path("log-ind/", login.log_ind, name="account_login"),
    path("logget-ind/", login.logget_ind, name="logget_ind"),
    path("log-ud/", login.log_ud, name="account_logout"),
    path("sundhed/live", sundhed.live, name="sundhed_live"),
    path("sundhed/klar", sundhed.klar, name="sundhed_klar"),
    path("sager/<int:pk>/", sag.sag, name="sag"),
    path("beskeder/", beskedside.liste, name="beskeder"),
    path("beskeder/<int:pk>/", beskedside.besked, name="besked"),
    path("visninger/<str:liste>/gem/", visningsside.gem, name="visning_gem"),
    path("visninger/<int:pk>/", visningsside.visning, name="visning"),
    path("visninger/<int:pk>/slet/", visningsside.slet, name="visning_slet"),
    path("kalender/", kalenderside.kalender, name="kalender"),
    path("kalender/ny/", kalenderside.ny, name="kalender_ny"),
    path("kalender/stop/", kalenderside.stop, name="kalender_stop"),
    path("kalender/<str:hemmelighed>.ics", kalenderside.feed, name="kalender_feed"),
    path("", include("borgere.urls")),
    path("", include("rehabilitering.urls")),
    path("", include("indsatsplan.urls")),
    path("", include("opfoelgning.urls")),
    path("", include("noegletal.urls")),
]

handler400 = "ressource.fejl.ugyldig"
handler403 = "ressource.fejl.forbudt"
handler404 = "ressource.fejl.ikke_fundet"
handler429 = "ressource.fejl.for_mange"
handler500 = "ressource.fejl.serverfejl"
