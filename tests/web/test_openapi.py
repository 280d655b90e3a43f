import json
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Route

from backstory.web.problems import PROBLEMS
from backstory.web.routes import routes
from web.answers import DESCRIPTION, assert_shape

_EXAMPLE = "design/examples/annotation-page.json"
_METHODS = ("get", "post", "put", "patch", "delete")


def answered_by(route):
    if isinstance(route.endpoint, type) and issubclass(route.endpoint, HTTPEndpoint):
        return {name for name in _METHODS if hasattr(route.endpoint, name)}
    return {method.lower() for method in route.methods} - {"head"}


def operations():
    return [operation for path in DESCRIPTION["paths"].values() for operation in path.values()]


async def test_the_service_describes_itself(client):
    answer = await client.get("/api/openapi.json")

    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["openapi"] == "3.1.0"
    assert answer.json()["paths"] == json.loads(json.dumps(DESCRIPTION["paths"]))


def test_the_description_is_openapi():
    OpenAPIV31SpecValidator(DESCRIPTION).validate()


def test_every_address_is_described_with_every_method_and_no_other():
    served = {route.path: answered_by(route) for route in routes() if isinstance(route, Route)}
    assert {path: set(operations) for path, operations in DESCRIPTION["paths"].items()} == served


def test_every_problem_is_described_where_it_may_come():
    described = json.dumps([operation["responses"] for operation in operations()])
    assert not [name for name in PROBLEMS if f"`{name}`" not in described and name != "method-not-allowed"]


def test_every_schema_is_used():
    text = json.dumps(DESCRIPTION)
    assert not [name for name in DESCRIPTION["components"]["schemas"] if text.count(f'schemas/{name}"') == 0]


@pytest.mark.shared
def test_the_design_s_example_is_what_is_described(shared: Path):
    assert_shape(json.loads((shared / _EXAMPLE).read_text("utf-8")), "AnnotationPage")


@pytest.mark.parametrize(
    ("path", "name"), [("/healthz", "Health"), ("/readyz", "Readiness"), ("/ns/backstory.jsonld", "Context")]
)
async def test_answers_are_what_is_described(client, path, name):
    answer = await client.get(path)
    assert answer.status_code == 200
    assert_shape(answer.json(), name)


async def test_health_is_told_exactly(client):
    answer = await client.get("/healthz")
    assert set(answer.json()) == {"name", "version", "api"}
    assert (answer.json()["name"], answer.json()["api"]) == ("Backstory", 1)


async def test_an_empty_archive_is_ready(client):
    assert (await client.get("/readyz")).json() == {
        "ready": True,
        "articles": 0,
        "passages": 0,
        "publishers": 0,
        "firstDay": None,
        "lastDay": None,
    }


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/api/articles", "/"])
async def test_head_answers_as_get_does(client, path):
    assert (await client.head(path)).status_code == 200
