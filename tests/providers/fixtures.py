"""LinkedIn and Facebook for the tests: real servers on this machine, and a site that has their keys."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from allauth.socialaccount.providers.facebook import flows
from allauth.socialaccount.providers.facebook.views import FacebookOAuth2Adapter

from tests.providers import facebook as facebook_server

OIDC = Path(__file__).parent / "oidc"
TESTSERVER = "http://testserver"


class LinkedIn:
    """The OpenID Connect provider, in a process of its own."""

    client_id, client_secret = "passeport", "secret-de-linkedin"
    password = "mot de passe du fournisseur"

    def __init__(self, data: Path):
        with socket.socket() as free:
            free.bind(("localhost", 0))
            port = free.getsockname()[1]
        self.url = f"http://localhost:{port}"
        self.database = data / "provider.sqlite3"
        self.log = (data / "log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, str(OIDC / "serve.py"), str(port)],
            env={**os.environ, "PROVIDER_DATA": str(data)},
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._wait()

    def allow(self, site: str) -> None:
        """Registers the address to which people are sent back, as one does in LinkedIn's console."""
        with sqlite3.connect(self.database) as database:
            database.execute(
                "update allauth_idp_oidc_client set redirect_uris = ?",
                [f"{site}/compte/oidc/linkedin/login/callback/"],
            )

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()

    def _wait(self) -> None:
        for _attempt in range(1800):
            try:
                if requests.get(f"{self.url}/.well-known/openid-configuration").ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.1)
        raise RuntimeError(Path(self.log.name).read_text())


@pytest.fixture(scope="session")
def _linkedin_server(tmp_path_factory):
    server = LinkedIn(tmp_path_factory.mktemp("linkedin"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _facebook_server():
    server = facebook_server.Facebook()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def linkedin(_linkedin_server, settings):
    """The site has LinkedIn's keys, as LINKEDIN_CLIENT_ID, _SECRET and _SERVER_URL give them."""
    server = _linkedin_server
    server.allow(TESTSERVER)
    settings.SOCIALACCOUNT_PROVIDERS = {
        **settings.SOCIALACCOUNT_PROVIDERS,
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "linkedin",
                    "name": "LinkedIn",
                    "client_id": server.client_id,
                    "secret": server.client_secret,
                    "settings": {"server_url": server.url, "token_auth_method": "client_secret_post"},
                }
            ],
        },
    }
    return server


@pytest.fixture
def facebook(_facebook_server, settings, monkeypatch):
    """The site has Facebook's keys. allauth reads Facebook's addresses when it is imported, hence the patches."""
    server = _facebook_server
    server.refusals.clear()
    server.callbacks = {f"{TESTSERVER}/compte/facebook/login/callback/"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        **settings.SOCIALACCOUNT_PROVIDERS,
        "facebook": {
            "METHOD": "oauth2",
            "SCOPE": ["email", "public_profile"],
            "FIELDS": ["id", "email", "first_name", "last_name", "name"],
            "APPS": [{"client_id": facebook_server.CLIENT_ID, "secret": facebook_server.CLIENT_SECRET}],
        },
    }
    monkeypatch.setattr(FacebookOAuth2Adapter, "authorize_url", f"{server.url}/dialog/oauth")
    monkeypatch.setattr(FacebookOAuth2Adapter, "access_token_url", f"{server.url}/graph/oauth/access_token")
    monkeypatch.setattr(flows, "GRAPH_API_URL", f"{server.url}/graph")
    return server
