"""The code as data, for the tests that keep the house in order."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# From the top down; an arrow of import goes to a lower row, never to a neighbour.
LAYERS = [
    ("home",),
    ("gallery", "sharing", "api"),
    ("pages", "connections"),
    ("badges",),
    ("accounts",),
    ("notifications",),
    ("passport",),
]
ROW = {app: row for row, apps in enumerate(LAYERS) for app in apps}
APPS = [app for app in ROW if (ROOT / app).is_dir()]
# Folders of templates that are not named after their app: what they override is used by that app.
TEMPLATE_OWNERS = {
    "account": "accounts",
    "socialaccount": "accounts",
    "admin": "badges",
    "django": "passport",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def python_files(*, migrations: bool = False) -> list[Path]:
    """The product's Python code: no tests."""
    found = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return [path for path in found if migrations or "migrations" not in path.parts]


@cache
def files_of_tests() -> list[Path]:
    return sorted((ROOT / "tests").rglob("*.py"))


@cache
def templates() -> list[Path]:
    return sorted(
        path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg"}
    )


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def is_view(path: Path | str) -> bool:
    parts = Path(path).parts
    return "views" in parts or parts[-1] == "views.py"


def imports(module: ast.AST, *, for_types: bool = True) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that is imported, inside functions too."""
    left_out = set() if for_types else _under_type_checking(module)
    for node in ast.walk(module):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _under_type_checking(module: ast.AST) -> set[int]:
    blocks = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {id(inner) for block in blocks for inner in ast.walk(block)}


def calls(module: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last part of the called name."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def strings(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and value of every string that is not a docstring."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def functions(module: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))
