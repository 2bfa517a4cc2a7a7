"""From registration to a file of figures, with Python's standard library alone.

Usage: python3 examples/figures.py [address] [e-mail]
"""

import csv
import io
import json
import sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

weir = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
email = sys.argv[2] if len(sys.argv) > 2 else "ada@example.org"

# region register
account = json.dumps({"email": email, "password": "at least 8 characters"}).encode()
with urlopen(Request(f"{weir}/users", account, {"content-type": "application/json"})) as answer:
    key = json.load(answer)["api_key"]  # shown this once
# endregion


# region figures
def ask(path, headers={}, **parameters):
    """Opens an answer; a list repeats its parameter."""
    query = urlencode(parameters, doseq=True)
    return urlopen(Request(f"{weir}{path}?{query}" if query else f"{weir}{path}", headers={"x-key": key, **headers}))


question = {"region": "XA-01", "from": "2023-05-01", "to": "2023-05-31", "metrics": "new_cases,new_deaths"}
for row in json.load(ask("/covid/incidence", **question))["data"]:
    print(row["date"], row["new_cases"], row["basis"])
# endregion


# region pages
def figures(**question):
    """Every row, page by page, of the state that the first page saw."""
    cursor = None
    while True:
        page = json.load(ask("/covid/incidence", **question, **({"cursor": cursor} if cursor else {})))
        yield from page["data"]
        cursor = page["next_cursor"]
        if cursor is None:
            return


print(f"pages: {sum(1 for _ in figures(region='XA-01', limit=500))} rows")
# endregion

# region csv
with ask("/covid/incidence", region="XA-01", order="region", format="csv") as answer:
    rows = csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline=""))
    print(f"csv: {sum(1 for row in rows)} rows")
# endregion

# region as_of
past = json.load(ask("/covid/incidence", region="XA-01", as_of="2020-01-31"))
print(f"as of 2020-01-31: {len(past['data'])} rows")
# endregion

# region conditional
with ask("/covid/summary") as answer:
    tag = answer.headers["etag"]
try:
    ask("/covid/summary", headers={"if-none-match": tag})
except HTTPError as unchanged:
    print(f"summary, asked again: {unchanged.code}")
# endregion

# region problem
try:
    ask("/covid/incidence", **{"from": "2023-02-30"})
except HTTPError as refused:
    problem = json.load(refused)
    print(f"refused: {problem['code']}: {problem['errors'][0]['field']} {problem['errors'][0]['message']}")
# endregion
