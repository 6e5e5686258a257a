"""Single sign-on by OpenID Connect: code flow with PKCE, state and nonce; the provider is asked when somebody comes."""

import logging
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Blueprint, Flask, current_app, request, session, url_for
from flask_babel import gettext
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.errors import N_, Forbidden, NotFound, ProviderAway, Unauthorized
from geoapp.web.accounts.entry import let_in, login_page
from geoapp.web.accounts.wall import walled
from geoapp.web.accounts.way_back import is_own, next_address
from geoapp.web.errors import status_of
from geoapp.web.permissions import accounts, needs

sign_on = Blueprint("sign_on", __name__)
_LOG = logging.getLogger(__name__)
_NAME = "provider"
_NEXT = "sign_on_next"
_SECONDS = 10


@dataclass(frozen=True)
class Provider:
    """A provider of single sign-on. ``claim``: what it calls the user name; ``title``: what people call it."""

    issuer: str
    client_id: str
    client_secret: str | None
    claim: str
    title: str | None


def use_sign_on(app: Flask, provider: Provider | None) -> None:
    """Offer the provider on the page to sign in, where there is one; it is asked when somebody comes, not before."""
    app.register_blueprint(sign_on)
    if provider is None:
        return
    oauth = OAuth(app)
    oauth.register(  # type: ignore[no-untyped-call]
        _NAME,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "timeout": _SECONDS,
            "token_endpoint_auth_method": "client_secret_basic" if provider.client_secret else "none",
        },
    )
    title = provider.title or "SSO"
    app.extensions |= {"sign_on": oauth, "sign_on_provider": provider, "sign_on_title": title}


@sign_on.get("/login/sso")
@walled
@needs(Permission.OPEN)
def begin() -> BaseResponse:
    """On to the provider. A link and no form: the policy of the pages lets forms go nowhere else."""
    client = _client()
    wanted = request.args.get("next", "")
    session[_NEXT] = wanted if is_own(wanted) else ""
    try:
        answer: BaseResponse = client.authorize_redirect(url_for("sign_on.back", _external=True))
    except (RequestException, AuthlibBaseError, ValueError) as error:
        _LOG.warning("the provider of single sign-on cannot be asked: %s", error)
        raise ProviderAway(N_("The sign-on does not answer. Sign in with a password, or try again later.")) from error
    return answer


@sign_on.get("/login/sso/back")
@walled
@needs(Permission.OPEN)
def back() -> BaseResponse | tuple[str, int]:
    """Back from the provider: what it says of a person is checked, and a session begins."""
    try:
        return _let_in_by_provider()
    except (Unauthorized, Forbidden) as error:
        return login_page(gettext(error.template)), int(status_of(error))


def _let_in_by_provider() -> BaseResponse:
    told = _claims()
    provider: Provider = current_app.extensions["sign_on_provider"]
    if str(told.get("iss", "")).rstrip("/") != provider.issuer:
        raise Unauthorized(N_("The sign-on was not completed. Begin again."))
    login = told.get(provider.claim)
    if not isinstance(login, str) or (provider.claim == "email" and told.get("email_verified") is not True):
        raise Forbidden(N_("You are known to the sign-on, but not here. Ask the administrator to add you."))
    address = session.get(_NEXT, "")
    token = accounts().sign_in_by_provider(provider.issuer, str(told["sub"]), login, request.remote_addr or "")
    return let_in(token, address if is_own(address) else next_address())


def _claims() -> dict[str, Any]:
    """What the provider vouches for. Raises: Unauthorized - the answer is not one to our question, or not its own."""
    client = _client()
    try:
        told = client.authorize_access_token()
    except (RequestException, AuthlibBaseError, JoseError, ValueError, KeyError) as error:
        _LOG.warning("single sign-on refused: %s", error)
        raise Unauthorized(N_("The sign-on was not completed. Begin again.")) from error
    claims = told.get("userinfo")
    if not claims:
        raise Unauthorized(N_("The sign-on was not completed. Begin again."))
    return dict(claims)


def _client() -> Any:
    oauth = current_app.extensions.get("sign_on")
    if oauth is None:
        raise NotFound(N_("There is no single sign-on here. Sign in with a password."))
    return oauth.create_client(_NAME)
