"""Single sign-on by OpenID Connect: on to the provider and back; who comes back is let in."""

from typing import TYPE_CHECKING

from flask import Blueprint, Flask, current_app, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geoapp.core.permissions import Permission
from geoapp.errors import N_, Forbidden, NotFound, Unauthorized
from geoapp.web.accounts.entry import let_in, login_page
from geoapp.web.accounts.provider import Provider
from geoapp.web.accounts.wall import walled
from geoapp.web.accounts.way_back import is_own, next_address
from geoapp.web.errors import status_of
from geoapp.web.permissions import accounts, needs

if TYPE_CHECKING:
    from geoapp.web.accounts.relying_party import RelyingParty

sign_on = Blueprint("sign_on", __name__)
_NEXT = "sign_on_next"


def use_sign_on(app: Flask, provider: Provider | None) -> None:
    """Offer the provider on the page to sign in, where there is one."""
    app.register_blueprint(sign_on)
    if provider is None:
        return
    # Most offices have none, and its libraries take their part of every start.
    from geoapp.web.accounts.relying_party import RelyingParty  # noqa: PLC0415

    app.extensions |= {"sign_on": RelyingParty(app, provider), "sign_on_title": provider.title or "SSO"}


@sign_on.get("/login/sso")
@walled
@needs(Permission.OPEN)
def begin() -> BaseResponse:
    """On to the provider. A link and no form: the policy of the pages lets forms go nowhere else."""
    party = _party()
    wanted = request.args.get("next", "")
    session[_NEXT] = wanted if is_own(wanted) else ""
    return party.redirect(url_for("sign_on.back", _external=True))


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
    party = _party()
    told, provider = party.claims(), party.provider
    if str(told.get("iss", "")).rstrip("/") != provider.issuer:
        raise Unauthorized(N_("The sign-on was not completed. Begin again."))
    login = told.get(provider.claim)
    if not isinstance(login, str) or (provider.claim == "email" and told.get("email_verified") is not True):
        raise Forbidden(N_("You are known to the sign-on, but not here. Ask the administrator to add you."))
    address = session.get(_NEXT, "")
    token = accounts().sign_in_by_provider(provider.issuer, str(told["sub"]), login, request.remote_addr or "")
    return let_in(token, address if is_own(address) else next_address())


def _party() -> "RelyingParty":
    party: RelyingParty | None = current_app.extensions.get("sign_on")
    if party is None:
        raise NotFound(N_("There is no single sign-on here. Sign in with a password."))
    return party
