"""Checks an OpenAPI document with a validator of its specification, and every example in it against its schema.

Usage: python check_document.py openapi.json. Prints what is wrong, and ends with `N passed, N failed`.
"""

import json
import sys

from openapi_schema_validator import OAS30Validator, oas30_format_checker
from openapi_spec_validator import OpenAPIV30SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

URI = "urn:openapi"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}

with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
registry = Registry().with_resource(URI, Resource.from_contents(document, default_specification=DRAFT4))


def absolute(value):
    """A copy whose references name the document."""
    if isinstance(value, dict):
        return {k: URI + v if k == "$ref" and isinstance(v, str) else absolute(v) for k, v in value.items()}
    return [absolute(each) for each in value] if isinstance(value, list) else value


def examples():
    """Where each example stands, the example, its schema."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method not in METHODS:
                continue
            where = f"{method} {path}"
            for parameter in operation.get("parameters", []):
                if "$ref" in parameter:
                    continue
                schema = parameter.get("schema", {})
                for holder in (parameter, schema):
                    if "example" in holder:
                        yield f"{where} {parameter['name']}", holder["example"], schema
            contents = [("body", operation.get("requestBody", {}).get("content", {}))]
            contents += [(s, r.get("content", {})) for s, r in operation["responses"].items()]
            for place, content in contents:
                for media_type, media in content.items():
                    named = {"example": media["example"]} if "example" in media else {}
                    named |= {name: each["value"] for name, each in media.get("examples", {}).items()}
                    for name, value in named.items():
                        yield f"{where} {place} {media_type} {name}", value, media["schema"]
    for name, schema in document["components"]["schemas"].items():
        for field, part in schema.get("properties", {}).items():
            if "example" in part:
                yield f"{name}.{field}", part["example"], part


passed = 0
failed = 0


def count(where, errors):
    global passed, failed
    for error in errors:
        print(f"{where}: {error.message} (at {'/'.join(map(str, error.absolute_path)) or 'its root'})")
    if errors:
        failed += 1
    else:
        passed += 1


count("the document", list(OpenAPIV30SpecValidator(document).iter_errors()))
for where, example, schema in examples():
    validator = OAS30Validator(absolute(schema), registry=registry, format_checker=oas30_format_checker)
    count(where, list(validator.iter_errors(example)))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
