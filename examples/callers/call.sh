#!/usr/bin/env bash
# Service key -> token -> protected endpoint, with curl and jq.
# bash call.sh KEY.json URL [HOST]     HOST: Host header, only to try it against kyma-guard local
set -euo pipefail
key=$1 url=$2 host=${3:-}

token_url=$(jq -r '.token_url // (.url + "/oauth/token")' "$key")
# The form comes on standard input: what stands on the command line shows in the list of processes.
token=$(jq -r '@uri "grant_type=client_credentials&client_id=\(.clientid)&client_secret=\(.clientsecret)"' "$key" |
  curl --silent --show-error --fail --max-time 10 --data @- "$token_url" | jq -er .access_token)

# So does a header: curl reads this one from standard input as well.
printf 'Authorization: Bearer %s\n' "$token" |
  curl --silent --show-error --fail --max-time 10 --header @- ${host:+--header "Host: $host"} "$url"
