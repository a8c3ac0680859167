"""The Open Contracting schema merged with the extensions used, from beside the project."""

import json
import os
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings

STANDARDS = Path(
    os.environ.get("SHARED_STANDARDS", settings.BASE_DIR.parent / "shared" / "standards")
)


def folder():
    if not STANDARDS.is_dir():
        pytest.skip("the published schemas (../shared/standards) are not on this machine")
    return STANDARDS


def merged(target, patch):
    """A JSON merge patch (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def read(path):
    return json.loads((folder() / path).read_text(encoding="utf-8"))


@cache
def release_schema():
    schema = read("ocds-1.1.5/release-schema.json")
    for extension in ("lots", "techniques", "uk"):
        schema = merged(schema, read(f"ocds-{extension}-extension/release-schema.json"))
    return schema


def faults(package):
    """What the merged schema has against a package: invalid values, and fields it does not know."""
    whole = read("ocds-1.1.5/release-package-schema.json")
    whole["properties"]["releases"]["items"] = {"type": "object"}
    checker = jsonschema.FormatChecker()
    found = [e.message for e in jsonschema.Draft4Validator(whole).iter_errors(package)]
    one = jsonschema.Draft4Validator(release_schema(), format_checker=checker)
    for release in package["releases"]:
        found += [f"{e.json_path}: {e.message}" for e in one.iter_errors(release)]
        found += unknown(release, release_schema(), release["ocid"])
    return found


def unknown(value, schema, where):
    """Fields at any depth that the schema has no property for."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/definitions/")
        schema = {**schema, **release_schema()["definitions"][name]}
    if isinstance(value, list):
        return [f for one in value for f in unknown(one, schema.get("items", {}), where)]
    if not isinstance(value, dict):
        return []
    properties = schema.get("properties", {})
    found = [f"{where}.{name} is not in the schema" for name in value.keys() - properties.keys()]
    for name in value.keys() & properties.keys():
        found += unknown(value[name], properties[name], f"{where}.{name}")
    return found
