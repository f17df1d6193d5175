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


def test_forsiden_foelges_til_log_ind_uden_om_en_proxy(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert web.forside(server) == (200, f"http://127.0.0.1:{server}/log-ind/")


def test_forsiden_er_ingenting_naar_ingen_svarer():
    assert web.forside(_ledig_port()) is None


def test_optaget_port_meldes_med_forslag(server):
    with pytest.raises(Opstartsfejl, match=f"optaget af et andet program.*--port {server + 1}"):
        web.kontroller_ledig(server)


def test_ledig_port_godtages():
    assert web.kontroller_ledig(_ledig_port()) is None


@pytest.mark.parametrize("port", [70000, -1])
def test_umulig_port_meldes_paa_dansk(port):
    with pytest.raises(Opstartsfejl, match=f"Port {port} kan ikke bruges"):
        web.kontroller_ledig(port)


def test_valg_har_standarder():
    valg = kommando.laes_valg([])

    assert valg == kommando.Valg(8000, miljoe.STANDARDMAPPE, tom=False, check=False)


def test_valg_laeses(tmp_path):
    valg = kommando.laes_valg(["--port", "9", "--data", str(tmp_path), "--tom", "--check"])

    assert valg == kommando.Valg(9, tmp_path, tom=True, check=True)


def test_operatoerens_servere_bruges_frem_for_de_indbyggede(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/ressource")
    monkeypatch.setenv("BROKER_URL_FILE", "en/fil")

    assert servere.placer(tmp_path) == servere.Servere(None, None)
    assert list(tmp_path.iterdir()) == []


def test_manglende_systempakker_naevnes_med_den_noejagtige_kommando(monkeypatch, capsys):
    monkeypatch.setattr(systempakker, "PDF_BIBLIOTEKER", ("libfindesikke.so.1",))
    monkeypatch.setattr(systempakker.os, "geteuid", lambda: 1000)

    assert systempakker.sikr_pdf() is False
    assert (
        "sudo apt-get install --no-install-recommends "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    ) in capsys.readouterr().out
