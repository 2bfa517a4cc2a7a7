#!/usr/bin/env bash
# From registration to a file of figures with curl. Usage: bash examples/figures.sh [address] [e-mail]
set -euo pipefail
cd "$(mktemp -d)"

# region register
weir=${1:-http://localhost:8000} email=${2:-ada@example.org}
curl --fail-with-body -sS "$weir/users" -H 'content-type: application/json' \
  -d "{\"email\": \"$email\", \"password\": \"at least 8 characters\"}" >user.json
key=$(sed -E 's/.*"api_key":"([^"]+)".*/\1/' user.json) # shown this once
# endregion

# region figures
curl --fail-with-body -sS -G "$weir/covid/incidence" -H "x-key: $key" \
  -d region=XA-01 -d from=2023-05-01 -d to=2023-05-31 -d metrics=new_cases,new_deaths
# endregion
echo

# region pages
cursor=''
while :; do
  curl --fail-with-body -sS -G "$weir/covid/incidence" -H "x-key: $key" \
    -d region=XA-01 -d limit=500 -d format=ndjson ${cursor:+-d cursor="$cursor"} -D headers.txt >>pages.ndjson
  cursor=$(sed -nE 's/^x-next-cursor: ([^[:space:]]+).*/\1/Ip' headers.txt)
  if [ -z "$cursor" ]; then break; fi
done
# endregion
echo "pages: $(($(wc -l <pages.ndjson))) rows"

# region csv
curl --fail-with-body -sS --compressed -G "$weir/covid/incidence" -H "x-key: $key" \
  -d region=XA-01 -d order=region -d format=csv -o figures.csv
# endregion
echo "csv: $(($(wc -l <figures.csv) - 1)) rows"

# region as_of
curl --fail-with-body -sS -G "$weir/covid/incidence" -H "x-key: $key" -d region=XA-01 -d as_of=2020-01-31 >past.json
# endregion
echo "as of 2020-01-31: $(cat past.json)"

# region conditional
curl --fail-with-body -sS --etag-save summary.etag "$weir/covid/summary" -H "x-key: $key" -o summary.json
status=$(curl -sS --etag-compare summary.etag "$weir/covid/summary" -H "x-key: $key" -o /dev/null -w '%{http_code}')
# endregion
echo "summary, asked again: $status"

# region problem
curl -sS -G "$weir/covid/incidence" -H "x-key: $key" -d from=2023-02-30
# {"type":"urn:weir:problem:validation_failed","status":400,"code":"validation_failed","errors":[{"field":"from",…}],…}
# endregion
echo
