"""Service key -> token -> protected endpoint, with the standard library of Python 3.

python3 call.py KEY.json URL [HOST]     HOST: Host header, only to try it against kyma-guard local
"""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another place."""

    def redirect_request(self, *args, **kwargs):
        return None


def main(key_file, url, host=None):
    with open(key_file, encoding="utf-8") as file:
        key = json.load(file)
    opener = urllib.request.build_opener(NoRedirect)
    form = {"grant_type": "client_credentials", "client_id": key["clientid"], "client_secret": key["clientsecret"]}
    token_url = key.get("token_url") or key["url"] + "/oauth/token"
    with opener.open(token_url, urllib.parse.urlencode(form).encode(), timeout=10) as answer:
        token = json.load(answer)["access_token"]  # lasts "expires_in" seconds: keep it until shortly before
    headers = {"Authorization": "Bearer " + token}
    if host:
        headers["Host"] = host
    with opener.open(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        print(answer.read().decode())


try:
    main(*sys.argv[1:])
except urllib.error.HTTPError as error:
    sys.exit(f"the call failed: {error.code}")
except urllib.error.URLError as error:
    sys.exit(f"the call failed: {error.reason}")
