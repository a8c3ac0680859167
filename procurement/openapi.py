"""The API's own description: what the code says, with its problems and examples."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from drf_spectacular.generators import SchemaGenerator

from procurement.fair_use import HEADER as KEY_HEADER
from procurement.parameters import CODE, LISTS
from procurement.problem_details import KINDS, MEDIA_TYPE

EXAMPLES = Path(__file__).parent / "reference" / "api_examples.json"
ABOUT = """
Facts of councils' contracts, what they could buy together, and the frameworks they could use.
Free, and without a key unless you [ask for more](/api/key/) than an address may. Everything
here is public: what officers and buyers add for each other (contacts, quantities, unit prices,
intentions) is not in it, save as quarterly snapshots of what many councils come to together, in
which no council's own can be seen.

* **Lists come in pages.** Follow `next` until it is null. A page is asked for by position, so the
  last of a million rows is as quick as the first, and nothing is counted.
* **Identifiers last.** A `code`, `id` or `reference` stands for the same thing in pages, here and
  in Open Contracting data. A supplier that turned out to be another one leads on to it (308), and
  its `id` still finds its contracts.
* **Money** is text with pennies (`"120000.00"`), in pounds save where a contract's `currency` says
  otherwise; such amounts are in no sum. **Days** are `2027-03-31`, and what is
  not known is null or empty, never guessed.
* **What a council withholds** (a person trading alone, security, commercial harm) is null or blank,
  and `supplier_withheld` or `value_withheld` says why. It is in no filter, sum or order.
* **A filter we do not know is refused**, so that a slip does not answer with everything.
* **Problems** are `application/problem+json` (RFC 9457) with a sentence for people in `detail`.

[Use this API in five minutes](/api/guide/).
"""
PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "What went wrong and what to do, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Its explanation."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What to do, in a sentence."},
        "instance": {"type": "string", "description": "The address asked for."},
        "errors": {
            "type": "array",
            "description": "Each fault with the parameter it is about.",
            "items": {
                "type": "object",
                "required": ["name", "detail"],
                "properties": {"name": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
# What a request to read can meet; a list is not found when its cursor leads nowhere.
ANSWERED_WITH = (400, 401, 404, 406, 414, 429)
INDEX = "/api/v1/"
FILE = ".csv"
RELEASES = "/releases/"
# What every package has; what it holds is the standard's to say.
PACKAGE: Mapping[str, Any] = {
    "type": "object",
    "description": "A release package: standard.open-contracting.org/1.1 says what is in it.",
    "required": ["uri", "version", "publishedDate", "publisher", "releases"],
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "version": {"const": "1.1"},
        "extensions": {"type": "array", "items": {"type": "string", "format": "uri"}},
        "publishedDate": {"type": "string", "format": "date-time"},
        "publisher": {"type": "object"},
        "license": {"type": "string", "format": "uri"},
        "releases": {"type": "array", "items": {"type": "object"}},
    },
}
LINK = {"Link": {"schema": {"type": "string"}, "description": "The next page, if there is one."}}
KEYS = {
    "code": {"type": "string", "pattern": f"^{CODE}$"},
    "id": {"type": "string", "format": "uuid"},
    "reference": {"type": "string", "minLength": 1, "maxLength": 60},
}
KEY = {
    "type": "apiKey",
    "in": "header",
    "name": KEY_HEADER,
    "description": "Optional, free, and for more requests a minute: /api/key/ gives one.",
}
FILE_MEANS = "\n\nEvery row as one CSV file, which streams however many there are."
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of the answer you have: 304 says that it is still the same.",
    "schema": {"type": "string"},
}
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "Names this very answer."}}
NAMED_FAULT = {"name": "ends_before", "detail": "Give a day of the calendar as year-month-day."}

Operation = dict[str, Any]
Document = dict[str, Any]


@cache
def description() -> bytes:
    """The OpenAPI document: the same for everybody while the program runs."""
    return orjson.dumps(SchemaGenerator().get_schema(request=None, public=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """A parameter as people read it."""

    name: str
    means: str
    form: str


@dataclass(frozen=True, slots=True)
class Described:
    """One list of the API: where it is, what it holds and what it can be asked."""

    name: str
    path: str
    means: str
    parameters: tuple[Asked, ...]
    example: str


@cache
def lists_described() -> tuple[Described, ...]:
    """The lists of the description, for the page that people read."""
    found = operations(json.loads(description()))
    return tuple(described(path, one) for path, one in found if is_list(path))


def is_list(path: str) -> bool:
    return path != INDEX and not path.endswith(("}/", FILE, RELEASES))


def described(path: str, operation: Operation) -> Described:
    example = operation["responses"]["200"]["content"]["application/json"]["example"]
    return Described(
        name=operation["tags"][0],
        path=path,
        means=unmarked(operation["description"]),
        parameters=tuple(
            Asked(one["name"], unmarked(one["description"]), form_of(one))
            for one in operation["parameters"]
            if one["in"] == "query"
        ),
        example=json.dumps(example["results"][0], indent=2, ensure_ascii=False),
    )


def unmarked(text: str) -> str:
    """Descriptions are Markdown; of it they use code marks alone."""
    return text.replace("`", "")


def form_of(parameter: Mapping[str, Any]) -> str:
    """How a parameter is written, in a few words."""
    schema = parameter["schema"]
    if parameter["name"] == "fields":
        return "names with commas between"
    if "minLength" in schema:
        return "text"
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if schema["type"] == "boolean":
        return "true or false"
    if schema["type"] == "integer":
        return "a whole number"
    forms = {"date": "2027-03-31", "date-time": "2026-11-01T00:00:00Z", "uuid": "an id"}
    commas = "codes with commas between" if "(," in schema.get("pattern", "") else "a code"
    return forms.get(schema.get("format", ""), commas if "pattern" in schema else "text")


def complete(result: Document, **_: Any) -> Document:
    """What the code cannot say of itself: its problems, and an example of each answer."""
    result["info"]["description"] = ABOUT.strip()
    result["components"]["schemas"]["Problem"] = PROBLEM
    result["components"]["securitySchemes"] = {"key": KEY}
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    for path, operation in operations(result):
        name(operation, path)
        operation["security"] = [{}, {"key": []}]
        if path.endswith(FILE):
            take_parameters(operation, result["paths"][f"{path.removesuffix(FILE)}/"]["get"])
        else:
            add_fields(operation, path, result["components"]["schemas"])
            add_condition(operation)
            add_example(operation, examples[operation["operationId"]])
        if path.endswith(RELEASES):
            add_package(operation)
        if leads_on := operation["responses"].get("308"):
            add_location(leads_on, examples["suppliers_merged"])
        add_problems(operation, path)
    return result


def name(operation: Operation, path: str) -> None:
    """Which list an operation is of, in a few words."""
    if path == INDEX:
        operation |= {"tags": ["index"], "summary": "What lists there are"}
        return
    many = path.split("/")[3].removesuffix(FILE)
    operation["tags"] = [many]
    if path.endswith(FILE):
        operation |= {"operationId": f"{many}_csv", "summary": f"All {many} asked for, as CSV"}
        operation["description"] += FILE_MEANS
        return
    if path.endswith(RELEASES):
        operation |= {"operationId": f"{many}_releases", "summary": f"{many.title()} as OCDS"}
        return
    operation["summary"] = f"List {many}" if is_list(path) else f"One {LISTS[many]}"
    name_key(operation, LISTS[many])


def take_parameters(operation: Operation, of_list: Operation) -> None:
    """A file can be asked for what its list can, save a page."""
    paging = {"cursor", "page_size", "If-None-Match"}
    operation["parameters"] = [p for p in of_list["parameters"] if p["name"] not in paging]
    answer = operation["responses"]["200"]["content"]["text/csv"]
    names = of_list["responses"]["200"]["content"]["application/json"]["example"]["results"][0]
    answer["example"] = ",".join(names) + "\n"


def add_fields(operation: Operation, path: str, schemas: Document) -> None:
    """Which fields there are to choose from; so none can be counted on in every answer."""
    if path == INDEX or path.endswith(RELEASES):
        return
    schema = schemas[ref_of(operation["responses"]["200"]["content"]["application/json"]["schema"])]
    if is_list(path):
        schema = schemas[ref_of(schema["properties"]["results"]["items"])]
    schema.pop("required", None)
    names = "|".join(schema["properties"])
    operation["parameters"].append(
        {
            "name": "fields",
            "in": "query",
            "description": "The fields to tell, with commas between; all of them without it.",
            "schema": {"type": "string", "pattern": f"^({names})(,({names}))*$"},
        }
    )


def add_package(operation: Operation) -> None:
    answer = operation["responses"]["200"]
    answer["content"]["application/json"]["schema"] = PACKAGE
    answer["headers"] = {**ETAG, **LINK}


def ref_of(schema: Mapping[str, str]) -> str:
    return schema["$ref"].rpartition("/")[2]


def add_condition(operation: Operation) -> None:
    """How to be spared an answer one has."""
    operation.setdefault("parameters", []).append(IF_NONE_MATCH)
    operation["responses"]["200"]["headers"] = ETAG
    operation["responses"]["304"] = {"description": "You have it already.", "headers": ETAG}


def name_key(operation: Operation, one: str) -> None:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            parameter["schema"] = KEYS[parameter["name"]]
            parameter["description"] = f"The {one}'s `{parameter['name']}`."


def operations(document: Document) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def add_example(operation: Operation, value: Any) -> None:
    operation["responses"]["200"]["content"]["application/json"]["example"] = value


def add_location(answer: Operation, example: Any) -> None:
    where = {"schema": {"type": "string", "format": "uri"}, "description": "Where it is now."}
    answer["headers"] = {"Location": where}
    answer["content"]["application/json"]["example"] = example


def add_problems(operation: Operation, path: str) -> None:
    for status in ANSWERED_WITH:
        if path == INDEX and status == 404:
            continue
        kind = KINDS[status]
        faults = {"errors": [NAMED_FAULT]} if status == 400 else {}
        example = {
            "type": f"/api/guide/#{kind.name}",
            "title": kind.title,
            "status": status,
            "detail": NAMED_FAULT["detail"] if faults else kind.means,
            "instance": path,
            **faults,
        }
        content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
        operation["responses"][str(status)] = {
            "description": kind.means,
            "content": {MEDIA_TYPE: content},
        }
        if status == 429:
            operation["responses"]["429"]["headers"] = {
                "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}
            }
