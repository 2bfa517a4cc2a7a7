"""What Schemathesis cannot read from the OpenAPI document. tools/fuzz.mjs sets WEIR_FUZZ_ROUND.

Round `with_key`: a refusal of what the schema allows counts, unless it says why in a way that no schema can.
Round `without_right`: each request carries no key, or one that gives no right to it, and must be turned away.
"""

import json
import os
import zlib

import schemathesis
from schemathesis.openapi.checks import RejectedPositiveData

ROUND = os.environ["WEIR_FUZZ_ROUND"]

# What depends on other fields, on stored figures, or on bytes: the field at fault, and how its message begins.
BEYOND_SCHEMAS = {
    "from": "must not be after",
    "email": "must be an e-mail address",
    "password": "must",
    "as_of": "must",
    "region": "",
    "cursor": "",
}


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drops the refusal of a request that the schema allows, where the reason is one that no schema can tell."""
    if not isinstance(failure, RejectedPositiveData) or response.status_code != 400:
        return True
    errors = response.json().get("errors", [])
    explained = [
        error["field"] in BEYOND_SCHEMAS and error["message"].startswith(BEYOND_SCHEMAS[error["field"]])
        for error in errors
    ]
    return not explained or not all(explained)


def is_secured(operation):
    return bool(operation.definition.raw.get("security"))


if ROUND == "with_key":
    KNOWN = json.loads(os.environ["WEIR_FUZZ_KNOWN"])

    @schemathesis.hook
    def map_query(context, query):
        """Turns some invented names into ones that exist, so that not every request ends at the first check."""
        region = (query or {}).get("region")
        if isinstance(region, list) and region and zlib.crc32(repr(region).encode()) % 4:
            query["region"] = [KNOWN["regions"][len(str(name)) % len(KNOWN["regions"])] for name in region]
        return query

    @schemathesis.hook
    def map_path_parameters(context, path_parameters):
        if not path_parameters or not KNOWN["runs"]:
            return path_parameters
        known = KNOWN["pipelines"] if "/pipelines" in context.operation.path else KNOWN["runs"]
        for name, value in path_parameters.items():
            if isinstance(value, str) and zlib.crc32(value.encode("utf-8", "replace")) % 2:
                path_parameters[name] = known[len(value) % len(known)]
        return path_parameters


if ROUND == "without_right":
    WRONG = json.loads(os.environ["WEIR_FUZZ_WRONG_KEYS"])

    def wrong_key(case):
        """One of them, the same for the same request: a key that lacks the scope of a route counts as wrong there."""
        tags = case.operation.definition.raw.get("tags", [])
        other_scope = WRONG["pipelines_only"] if "Covid" in tags else WRONG["data_only"]
        choices = [*WRONG["invalid"], *([other_scope] if "403" in case.operation.definition.raw["responses"] else [])]
        asked = repr((case.path, case.path_parameters, case.query, case.body, sorted((case.headers or {}).items())))
        return choices[zlib.crc32(asked.encode("utf-8", "replace")) % len(choices)]

    @schemathesis.hook
    def before_call(context, case, kwargs):
        key = wrong_key(case)
        headers = {name: value for name, value in (case.headers or {}).items() if name.lower() != "x-key"}
        case.headers = headers if key is None else {**headers, "x-key": key}

    @schemathesis.check
    def turned_away(ctx, response, case):
        """A secured route answers 401 without a valid key, and 403 to a key without its scope; nothing else."""
        if not is_secured(case.operation) or case.method.upper() != case.operation.method.upper():
            return
        key = (case.headers or {}).get("x-key")
        scoped = key in (WRONG["data_only"], WRONG["pipelines_only"])
        expected = (403, ("missing_scope",)) if scoped else (401, ("missing_api_key", "invalid_api_key"))
        code = response.json().get("code")
        assert response.status_code == expected[0] and code in expected[1], (
            f"a request without a right to {case.operation.label} must end in {expected}, "
            f"but was answered {response.status_code} {code}"
        )
