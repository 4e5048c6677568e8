"""The JSON interface described for people, out of its OpenAPI schema: nothing is loaded from elsewhere to show it."""

from typing import Any
from urllib.parse import quote

Schema = dict[str, Any]

_EXAMPLES = {
    "q": "التعليم",
    "address": "https://www.el-massa.com/dz/...",
    "site": "elmassa",
    "crawl_id": "20260101T000000-ab12cd",
}


def calls(schema: Schema) -> list[dict[str, Any]]:
    """What can be asked, in order: path, summary, parameters, name of the answer, example."""
    found = []
    for path, methods in schema["paths"].items():
        operation = methods["get"]
        parameters = operation.get("parameters", [])
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        found.append(
            {
                "path": path,
                "summary": operation.get("description") or operation.get("summary"),
                "parameters": [_parameter(one) for one in parameters],
                "answer": _reference(answer.get("items", answer)),
                "example": _example(path, parameters),
            }
        )
    return found


def models(schema: Schema) -> list[dict[str, Any]]:
    """What is answered: each model's name, description and fields."""
    found = []
    for name, model in schema.get("components", {}).get("schemas", {}).items():
        fields = [
            {"name": field, "type": type_of(rule), "meaning": rule.get("description", "")}
            for field, rule in model.get("properties", {}).items()
        ]
        about = " ".join(model.get("description", "").split("Raises:")[0].split())
        found.append({"name": name, "about": about, "fields": fields})
    return found


def type_of(rule: Schema) -> str:
    """A JSON schema's type in a few words."""
    if reference := _reference(rule):
        return reference
    if "anyOf" in rule:
        return " or ".join(dict.fromkeys(type_of(one) for one in rule["anyOf"]))
    if "enum" in rule:
        return ", ".join(map(str, rule["enum"]))
    kind = str(rule.get("format") or rule.get("type") or "any")
    if kind == "array":
        return f"list of {type_of(rule.get('items', {}))}"
    return kind


def _parameter(one: Schema) -> dict[str, Any]:
    return {
        "name": one["name"],
        "type": type_of(one["schema"]),
        "meaning": one.get("description") or one["schema"].get("description", ""),
        "is_required": one.get("required", False),
    }


def _reference(rule: Schema) -> str | None:
    reference: str | None = rule.get("$ref")
    return reference.rsplit("/", 1)[-1] if reference else None


def _example(path: str, parameters: list[Schema]) -> str:
    for one in parameters:
        name = one["name"]
        if one["in"] == "path":
            given = (one.get("schema", {}).get("examples") or [_EXAMPLES.get(name, "...")])[0]
            path = path.replace(f"{{{name}}}", quote(str(given)))
        elif one.get("required") or name == "q":
            path += f"?{name}={quote(_EXAMPLES.get(name, '...'))}"
    return path
