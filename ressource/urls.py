"""Every address of the application; each app brings its own."""

from django.urls import URLPattern, URLResolver, path

from ressource import login

urlpatterns: list[URLPattern | URLResolver] = [
    path("log-ind/", login.log_ind, name="account_login"),
    path("log-ud/", login.log_ud, name="account_logout"),
]

handler400 = "ressource.fejl.ugyldig"
handler403 = "ressource.fejl.forbudt"
handler404 = "ressource.fejl.ikke_fundet"
handler429 = "ressource.fejl.for_mange"
handler500 = "ressource.fejl.serverfejl"
