"""A server that speaks Facebook's OAuth 2: dialogue, code used once, secret, appsecret_proof, Graph `/me`."""

import hashlib
import hmac
import json
import secrets
import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID, CLIENT_SECRET = "123456", "secret-de-facebook"
PEOPLE = {
    "10": {
        "id": "10",
        "name": "Claire Martin",
        "first_name": "Claire",
        "last_name": "Martin",
        "email": "claire.martin@exemple.fr",
    },
    "11": {
        "id": "11",
        "name": "Alice Double",
        "first_name": "Alice",
        "last_name": "Double",
        "email": "alice@exemple.fr",
    },
    "12": {"id": "12", "name": "Nadia Sans", "first_name": "Nadia", "last_name": "Sans"},
}


class Refused(Exception):
    pass


class Facebook:
    """The state of the server: who may be sent back, which codes and tokens are out, what was refused and why."""

    def __init__(self):
        self.callbacks: set[str] = set()
        self.codes: dict[str, tuple[str, str]] = {}
        self.tokens: dict[str, str] = {}
        self.refusals: list[str] = []
        self.server = ThreadingHTTPServer(("localhost", 0), _handler(self))
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def dialog(self, query: dict[str, str]) -> str:
        if query.get("client_id") != CLIENT_ID:
            raise Refused("client_id")
        if query.get("redirect_uri") not in self.callbacks:
            raise Refused("redirect_uri")
        if not query.get("state") or query.get("response_type") != "code":
            raise Refused("state")
        buttons = "".join(
            f'<p><button name="person" value="{key}">Continuer en tant que {escape(person["name"])}</button></p>'
            for key, person in PEOPLE.items()
        )
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(query[name])}">'
            for name in ("redirect_uri", "state")
        )
        return (
            '<!doctype html><html lang="fr"><title>Facebook</title><h1>Passeport à badges veut votre nom et votre '
            f'adresse</h1><form method="post" action="/dialog/oauth">{hidden}{buttons}'
            '<p><button name="person" value="">Annuler</button></p></form></html>'
        )

    def decide(self, form: dict[str, str]) -> str:
        if form["redirect_uri"] not in self.callbacks:
            raise Refused("redirect_uri")
        if not form.get("person"):
            return f"{form['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': form['state']})}"
        code = secrets.token_urlsafe()
        self.codes[code] = (form["person"], form["redirect_uri"])
        return f"{form['redirect_uri']}?{urlencode({'code': code, 'state': form['state']})}"

    def token(self, query: dict[str, str]) -> dict:
        if (query.get("client_id"), query.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            raise Refused("client_secret")
        person, redirect_uri = self.codes.pop(query.get("code", ""), ("", ""))
        if not person or query.get("redirect_uri") != redirect_uri:
            raise Refused("code")
        token = secrets.token_urlsafe()
        self.tokens[token] = person
        return {"access_token": token, "token_type": "bearer", "expires_in": 3600}

    def me(self, query: dict[str, str]) -> dict:
        token = query.get("access_token", "")
        proof = hmac.new(CLIENT_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
        if token not in self.tokens:
            raise Refused("access_token")
        if not hmac.compare_digest(query.get("appsecret_proof", ""), proof):
            raise Refused("appsecret_proof")
        person = PEOPLE[self.tokens[token]]
        return {field: person[field] for field in query["fields"].split(",") if field in person}


def _handler(facebook: Facebook):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            answers = {"/graph/oauth/access_token": facebook.token, "/graph/me": facebook.me}
            try:
                if parts.path == "/dialog/oauth":
                    self._send(200, facebook.dialog(query), "text/html; charset=utf-8")
                elif parts.path in answers:
                    self._send(200, json.dumps(answers[parts.path](query)), "application/json")
                else:
                    self._send(404, "", "text/plain")
            except Refused as refusal:
                facebook.refusals.append(str(refusal))
                self._send(400, json.dumps({"error": {"message": str(refusal)}}), "application/json")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            try:
                self.send_response(302)
                self.send_header("Location", facebook.decide(form))
                self.end_headers()
            except Refused as refusal:
                facebook.refusals.append(str(refusal))
                self._send(400, str(refusal), "text/plain")

        def _send(self, status: int, body: str, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args):
            pass

    return Handler
