"""The address the web server listens on, and a look at it as a browser would take one."""

import errno
import socket
import urllib.error
import urllib.request

from ressource.opstart.melding import Opstartsfejl

VAERT = "127.0.0.1"
# A proxy in the environment is for the world outside, not for this machine.
_hent = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def kontroller_ledig(port: int) -> None:
    """Raise `Opstartsfejl` when something listens on `port` already."""
    with socket.socket() as proeve:
        # As gunicorn does it: a port that was closed a moment ago is free.
        proeve.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proeve.bind((VAERT, port))
        except (OSError, OverflowError) as fejl:
            optaget = isinstance(fejl, OSError) and fejl.errno == errno.EADDRINUSE
            aarsag = "den er optaget af et andet program" if optaget else str(fejl)
            raise Opstartsfejl(
                f"Port {port} kan ikke bruges: {aarsag}. Vælg en anden, for eksempel: "
                f"./start --port {port + 1 if optaget else 8000}"
            ) from fejl


def forside(port: int) -> tuple[int, str] | None:
    """Status and address where the first page ends after redirects; None when nobody answers yet."""
    try:
        with _hent.open(f"http://{VAERT}:{port}/", timeout=10) as svar:
            return svar.status, svar.url
    except urllib.error.HTTPError as fejl:
        with fejl:
            return fejl.code, fejl.url
    except OSError:
        return None
