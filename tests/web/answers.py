"""Answers held to the description that the service gives of itself."""

import httpx
from openapi_schema_validator import OAS31Validator

from backstory.web.openapi import describe
from backstory.web.problems import PROBLEMS

DESCRIPTION = describe("0")


def assert_shape(document, name):
    """The document is what the description calls by this name."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": DESCRIPTION["components"]}
    errors = list(OAS31Validator(schema, format_checker=OAS31Validator.FORMAT_CHECKER).iter_errors(document))
    assert not errors, "\n".join(f"{error.json_path}: {error.message}"[:300] for error in errors[:5])


def assert_problem(answer: httpx.Response, name: str, *, field: str | None = None) -> str:
    """The answer is this problem, as RFC 9457 has it and as the description says it may come; its detail."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert_shape(problem, "Problem")
    assert (problem["type"], problem["status"]) == (f"urn:backstory:problem:{name}", answer.status_code)
    assert answer.status_code == PROBLEMS[name].status
    assert problem.get("field") == field
    return str(problem["detail"])
