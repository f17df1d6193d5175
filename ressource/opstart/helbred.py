"""Whether the web server in this container is ready: python -m ressource.opstart.helbred"""

import os
import sys
import urllib.error
import urllib.request

_ADRESSE = "http://127.0.0.1:8000/sundhed/klar"


def er_klar(adresse: str = _ADRESSE) -> bool:
    """Ask as the proxy does, so that the answer is the one people get, not a redirect to TLS."""
    vaert = os.environ.get("RESSOURCE_HOSTS", "localhost").split(",")[0]
    anmodning = urllib.request.Request(
        adresse, headers={"Host": vaert, "X-Forwarded-Proto": "https"}
    )
    uden_proxy = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with uden_proxy.open(anmodning, timeout=8) as svar:
            return bool(svar.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False


if __name__ == "__main__":
    sys.exit(0 if er_klar() else 1)
