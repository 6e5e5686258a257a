"""Our side of OpenID Connect: code flow with PKCE, state and nonce. Loaded only where a provider is named."""

import logging
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response as BaseResponse

from geoapp.errors import N_, ProviderAway, Unauthorized
from geoapp.web.accounts.provider import Provider

_LOG = logging.getLogger(__name__)
_NAME = "provider"
_SECONDS = 10


class RelyingParty:
    """Sends people to one provider and reads what it vouches for; it is asked when somebody comes, not before."""

    def __init__(self, app: Flask, provider: Provider) -> None:
        self.provider = provider
        self._oauth = OAuth(app)
        self._oauth.register(  # type: ignore[no-untyped-call]
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

    def redirect(self, back: str) -> BaseResponse:
        """On to the provider, which sends people back to an address. Raises: ProviderAway."""
        try:
            answer: BaseResponse = self._client().authorize_redirect(back)
        except (RequestException, AuthlibBaseError, ValueError) as error:
            _LOG.warning("the provider of single sign-on cannot be asked: %s", error)
            raise ProviderAway(
                N_("The sign-on does not answer. Sign in with a password, or try again later.")
            ) from error
        return answer

    def claims(self) -> dict[str, Any]:
        """What the provider vouches for. Raises: Unauthorized - no answer to our question, or not its own."""
        try:
            told = self._client().authorize_access_token()
        except (RequestException, AuthlibBaseError, JoseError, ValueError, KeyError) as error:
            _LOG.warning("single sign-on refused: %s", error)
            raise Unauthorized(N_("The sign-on was not completed. Begin again.")) from error
        claims = told.get("userinfo")
        if not claims:
            raise Unauthorized(N_("The sign-on was not completed. Begin again."))
        return dict(claims)

    def _client(self) -> Any:
        return self._oauth.create_client(_NAME)  # type: ignore[no-untyped-call]
