"""A small provider of OpenID Connect for tests, a process of its own on this machine: oidc_provider.py PORT LOGIN.

Discovery, keys, authorization (it knows who one is without asking), token with PKCE. Only one program is registered.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "geoapp", "a secret of the tests"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
FOREIGN = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


class Provider(BaseHTTPRequestHandler):
    """One request."""

    issuer = ""
    login = ""
    codes: dict[str, dict[str, str]] = {}  # noqa: RUF012 - what the provider remembers
    # What it does wrong, for tests: "key" signs with a key of nobody, "nonce" answers another question, "iss" lies.
    fault = ""

    def do_GET(self) -> None:
        """Discovery, keys, and the way back with a code."""
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/.well-known/openid-configuration":
            self._answer(self._metadata())
        elif url.path == "/jwks":
            self._answer({"keys": [KEY.as_dict(private=False)]})
        elif url.path == "/authorize":
            self._authorize(asked)
        elif url.path == "/behave":
            type(self).fault, type(self).login = asked.get("fault", ""), asked.get("login", self.login)
            self._answer({})
        else:
            self._answer({"error": "not found"}, 404)

    def do_POST(self) -> None:
        """A token for a code, once, to whom has the secret and the word behind the challenge."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        given = self.codes.pop(form.get("code", ""), None)
        wanted = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '+')}".encode()).decode()
        plain = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if self.path != "/token" or given is None or self.headers.get("Authorization") not in {wanted, plain}:
            self._answer({"error": "invalid_grant"}, 400)
            return
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != given["code_challenge"] or form.get("redirect_uri") != given["redirect_uri"]:
            self._answer({"error": "invalid_grant"}, 400)
            return
        token = self._id_token(given["nonce"])
        self._answer(
            {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 60, "id_token": token}
        )

    def _metadata(self) -> dict[str, object]:
        addresses = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in
                     (("authorization", "authorize"), ("token", "token"))}  # fmt: skip
        return {
            "issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks", **addresses, "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }  # fmt: skip

    def _authorize(self, asked: dict[str, str]) -> None:
        is_right = asked.get("client_id") == CLIENT and asked.get("code_challenge_method") == "S256"
        if not is_right or asked.get("response_type") != "code" or "openid" not in asked.get("scope", ""):
            self._answer({"error": "invalid_request"}, 400)
            return
        code = secrets.token_hex(8)
        self.codes[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://elsewhere.example" if self.fault == "iss" else self.issuer,
            "sub": f"number-{self.login}", "aud": CLIENT, "iat": now, "exp": now + 60,
            "nonce": "another" if self.fault == "nonce" else nonce, "preferred_username": self.login,
        }  # fmt: skip
        key = FOREIGN if self.fault == "key" else KEY
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)

    def _answer(self, body: dict[str, object], status: int = 200) -> None:
        told = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests look at what comes back."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider)
    Provider.issuer, Provider.login = f"http://127.0.0.1:{server.server_port}", sys.argv[2]
    print(server.server_port, flush=True)  # noqa: T201 - the port that the system gave
    server.serve_forever()
