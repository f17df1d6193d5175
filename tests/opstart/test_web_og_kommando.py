"""The command line, the port, and the servers that need not be started."""

import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from ressource.opstart import kommando, miljoe, servere, systempakker, web
from ressource.opstart.melding import Opstartsfejl


class _Svar(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.send_response(302)
            self.send_header("Location", "/log-ind/")
        else:
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *argumenter):
        """Say nothing."""


@pytest.fixture
def server():
    with HTTPServer((web.VAERT, 0), _Svar) as httpd:
        traad = Thread(target=httpd.serve_forever)
        traad.start()
        yield httpd.server_port
        httpd.shutdown()
        traad.join()


def _ledig_port():
    with socket.socket() as sokkel:
        sokkel.bind((web.VAERT, 0))
        return sokkel.getsockname()[1]


def test_front_page_is_followed_to_the_login_past_any_proxy(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert web.forside(server) == (200, f"http://127.0.0.1:{server}/log-ind/")


def test_front_page_is_nothing_when_nobody_answers():
    assert web.forside(_ledig_port()) is None


def test_taken_port_is_reported_with_a_suggestion(server):
    with pytest.raises(Opstartsfejl, match=f"optaget af et andet program.*--port {server + 1}"):
        web.kontroller_ledig(server)


def test_free_port_is_accepted():
    assert web.kontroller_ledig(_ledig_port()) is None


@pytest.mark.parametrize("port", [70000, -1])
def test_impossible_port_is_reported_in_danish(port):
    with pytest.raises(Opstartsfejl, match=f"Port {port} kan ikke bruges"):
        web.kontroller_ledig(port)


def test_options_have_defaults():
    valg = kommando.laes_valg([])

    assert valg == kommando.Valg(8000, miljoe.STANDARDMAPPE, tom=False, check=False)


def test_options_are_read(tmp_path):
    valg = kommando.laes_valg(["--port", "9", "--data", str(tmp_path), "--tom", "--check"])

    assert valg == kommando.Valg(9, tmp_path, tom=True, check=True)


def test_operators_servers_are_used_rather_than_the_embedded(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/ressource")
    monkeypatch.setenv("BROKER_URL_FILE", "en/fil")

    assert servere.placer(tmp_path) == servere.Servere(None, None)
    assert list(tmp_path.iterdir()) == []


def test_missing_system_packages_are_named_with_the_exact_command(monkeypatch, capsys):
    monkeypatch.setattr(systempakker, "PDF_BIBLIOTEKER", ("libfindesikke.so.1",))
    monkeypatch.setattr(systempakker.os, "geteuid", lambda: 1000)

    assert systempakker.sikr_pdf() is False
    assert (
        "sudo apt-get install --no-install-recommends "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    ) in capsys.readouterr().out
