"""Keys and addresses of both networks come from the environment, read by a site that runs on its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
import requests
from playwright.sync_api import expect

from tests.processes import ROOT
from tests.providers import facebook as facebook_server


@pytest.fixture(autouse=True)
def _no_third_party():
    """The journey leaves for the two providers."""


@pytest.fixture
def running(tmp_path, _linkedin_server, _facebook_server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    environment = {
        "PATH": os.environ["PATH"],
        "PASSPORT_DATA": str(tmp_path),
        "PORT": str(port),
        "SITE_URL": address,
        "LINKEDIN_CLIENT_ID": _linkedin_server.client_id,
        "LINKEDIN_CLIENT_SECRET": _linkedin_server.client_secret,
        "LINKEDIN_SERVER_URL": _linkedin_server.url,
        "FACEBOOK_CLIENT_ID": facebook_server.CLIENT_ID,
        "FACEBOOK_CLIENT_SECRET": facebook_server.CLIENT_SECRET,
        "FACEBOOK_AUTHORIZE_URL": f"{_facebook_server.url}/dialog/oauth",
        "FACEBOOK_GRAPH_API_URL": f"{_facebook_server.url}/graph",
        "DJANGO_SETTINGS_MODULE": "passport.settings",
    }
    _linkedin_server.allow(address)
    _facebook_server.callbacks = {f"{address}/compte/facebook/login/callback/"}
    subprocess.run([sys.executable, "bin/_setup.py"], cwd=ROOT, env=environment, check=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "passport.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
         "--no-control-socket"],
        cwd=ROOT,
        env=environment,
    )  # fmt: skip
    try:
        wait(f"{address}/sante/vive")
        yield SimpleNamespace(address=address, linkedin=_linkedin_server, facebook=_facebook_server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def wait(address: str) -> None:
    for _ in range(1800):
        try:
            if requests.get(address, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the site does not answer")


def test_linkedin_by_its_environment(page, running):
    page.goto(f"{running.address}/compte/connexion/")
    page.get_by_role("button", name="Continuer avec LinkedIn").click()
    expect(page).to_have_url(re.compile(re.escape(running.linkedin.url)))
    page.fill("input[name=login]", "claire")
    page.fill("input[name=password]", running.linkedin.password)
    page.get_by_role("button", name="Sign In").click()
    page.get_by_role("button", name="Authorize").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Créer votre passeport")
    expect(page.get_by_role("checkbox")).not_to_be_checked()


def test_facebook_by_its_environment(page, running):
    page.goto(f"{running.address}/compte/connexion/")
    page.get_by_role("button", name="Continuer avec Facebook").click()
    expect(page).to_have_url(re.compile(re.escape(running.facebook.url)))
    page.get_by_role("button").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Créer votre passeport")
