"""What a reviewer would see at a glance: templates, words, files that are named."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.code import APPS, ROOT, TEMPLATE_OWNERS, name, python_files, strings, templates, tree

TEMPLATES = ROOT / "templates"
# The page that shows every component holds specimens, not words of the product.
SPECIMENS = {"components/styleguide.html"}
ACCENTED = re.compile(
    r"[^\W\d_][àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÖÙÛÜŒÆ]|[àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÖÙÛÜŒÆ][^\W\d_]|[«»]"
)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SHOWN_ATTRIBUTE = re.compile(r"\b(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"")
ATTRIBUTE_BLOCK = re.compile(r"{%\s*block (?:inert|html_attributes)\s*%}.*?{%\s*endblock[^%]*%}")
MARKUP = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL)
# Spaces and quotes of both languages, countries in both: what these modules are about.
DATA = {"passport/lib/typography.py", "passport/lib/iso3166.py"}
# Names that are the same in every language.
BRANDS = re.compile(r"LinkedIn|Facebook|Pinterest|Twitter|Passport|Markdown|CSV|SVG|PNG|&\w+;")


def relative(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def without_comments(text: str) -> str:
    return COMMENT.sub("", text)


# Templates


def parents(template: str, seen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The chain of templates that `template` extends, nearest first."""
    text = (TEMPLATES / template).read_text(encoding="utf-8") if (TEMPLATES / template).exists() else ""
    match = re.search(r"{%\s*extends\s+[\"']([^\"']+)[\"']", text)
    return parents(match[1], (*seen, match[1])) if match and match[1] not in seen else seen


def extends_late(text: str) -> bool:
    return "{% extends" in text and not text.lstrip().startswith("{% extends")


def test_extends_comes_first():
    assert [relative(path) for path in templates() if extends_late(path.read_text(encoding="utf-8"))] == []
    assert extends_late('{% load i18n %}\n{% extends "layout/base.html" %}')


def levels(template: str) -> int:
    """The page itself, what it extends, and the layout, which is one level however it is cut."""
    chain = [template, *parents(template)]
    return len({"layout" if link.startswith("layout/") else link for link in chain})


def test_templates_are_three_levels_deep_at_most():
    assert {
        relative(path): parents(relative(path)) for path in templates() if levels(relative(path)) > 3
    } == {}


@cache
def named_in_code() -> str:
    """Everything that may name a template: strings of Python code, other templates."""
    code = "\n".join(text for path in python_files() for _line, text in strings(tree(path)))
    return code + "\n".join(path.read_text(encoding="utf-8") for path in templates())


def is_used(template: str) -> bool:
    """Named somewhere (a mail is named without its extension), or put in the place of a dependency's template."""
    stem = template.rpartition(".")[0]
    if re.search(rf"{re.escape(stem)}(?:\.(?:html|txt|svg)|[\"'\n]|$|#)", named_in_code(), re.MULTILINE):
        return True
    if template in {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}:
        return True
    return template.partition("/")[0] in TEMPLATE_OWNERS and _overrides(template)


@cache
def _packages() -> list[Path]:
    import allauth  # noqa: PLC0415
    import django  # noqa: PLC0415

    folders = [Path(allauth.__file__).parent, Path(django.__file__).parent]
    return [found for folder in folders for found in folder.rglob("templates") if found.is_dir()]


def _overrides(template: str) -> bool:
    inside_admin = re.sub(r"^admin/(?:\w+/)+(?=\w+\.html$)", "admin/", template)
    return any((folder / name).exists() for folder in _packages() for name in (template, inside_admin))


def test_every_template_is_used():
    assert [relative(path) for path in templates() if not is_used(relative(path))] == []
    assert not is_used("badges/nobody_names_this.html")


def test_every_template_compiles():
    for path in templates():
        try:
            get_template(relative(path))
        except TemplateDoesNotExist as error:
            pytest.fail(f"{relative(path)} needs {error}")


# Words


def words_left(text: str) -> list[str]:
    """Words that a template shows without asking for their translation."""
    text = ATTRIBUTE_BLOCK.sub("", TRANSLATED.sub("", without_comments(text)))
    shown = [TAG.sub("", value) for value in SHOWN_ATTRIBUTE.findall(TAG.sub("", text))]
    shown.append(MARKUP.sub(" ", TAG.sub("", text)))
    return [word for part in shown for word in re.findall(r"[^\W\d_]{3,}", BRANDS.sub("", part))]


def test_templates_show_only_what_is_translated():
    pages = [path for path in templates() if path.suffix == ".html" and relative(path) not in SPECIMENS]

    assert {
        relative(path): found for path in pages if (found := words_left(path.read_text(encoding="utf-8")))
    } == {}


@pytest.mark.parametrize("text", ["<p>Bonjour</p>", '<img alt="Badge rouge">', "{% if x %}Hello{% endif %}"])
def test_a_word_left_over_is_seen(text):
    assert words_left(text)


def test_templates_hold_no_french():
    texts = {relative(path): without_comments(path.read_text(encoding="utf-8")) for path in templates()}

    assert {
        page: found
        for page, text in texts.items()
        if page not in SPECIMENS and (found := ACCENTED.findall(text))
    } == {}
    assert ACCENTED.findall("{% translate 'Déconnexion' %}")


def test_code_holds_no_french():
    found = {
        f"{name(path)}:{line}: {text[:60]}"
        for path in python_files()
        if name(path) not in DATA
        for line, text in strings(tree(path))
        if ACCENTED.search(text)
    }

    assert found == set()


# Files


def test_static_files_that_are_named_exist():
    named = {
        file
        for path in templates()
        for file in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", path.read_text(encoding="utf-8"))
    }

    assert named
    assert [file for file in named if not (ROOT / "static" / file).exists()] == []


def test_style_sheets_name_files_that_exist():
    sheets = sorted((ROOT / "static").rglob("*.css"))
    named = [
        (sheet, file)
        for sheet in sheets
        for file in re.findall(r"(?:url\(|@import )[\"']?([^\"')#]+)", sheet.read_text(encoding="utf-8"))
        if not file.startswith("data:")
    ]

    assert named
    assert [
        (name(sheet), file) for sheet, file in named if not (sheet.parent / file).resolve().exists()
    ] == []


def documents() -> list[Path]:
    return [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "static" / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
    ]


def missing_files(text: str, folder: Path) -> list[str]:
    """What looks like a file of this repository, in code spans and links, and is not there."""
    spans = re.findall(r"`([\w.*-]*[\w*-]+(?:/[\w.*-]+)*/?)`", text)
    files = [
        span
        for span in spans
        if re.search(r"\.(?:md|py|toml|yaml|txt|css|js|svg|png|html)$|^(?:bin|docs|tests|\.ci)/", span)
    ]
    files += [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    return [file for file in files if file and not any(list(base.glob(file)) for base in (folder, ROOT))]


def test_documents_name_only_files_that_exist():
    found = {name(path): missing_files(path.read_text(encoding="utf-8"), path.parent) for path in documents()}

    assert {page: files for page, files in found.items() if files} == {}
    assert missing_files("See `bin/nothing` and [that](docs/nothing.md).", ROOT) == [
        "bin/nothing",
        "docs/nothing.md",
    ]


def test_every_variable_of_the_environment_is_documented():
    page = (ROOT / "docs" / "auto-hebergement.md").read_text(encoding="utf-8")
    reader = re.compile(r"env\.(?:text|flag|number|words|kept_secret)\(\s*f?\"([A-Z_]+)\"")
    read = {
        variable for path in python_files() for variable in reader.findall(path.read_text(encoding="utf-8"))
    }

    assert len(read) > 20
    assert sorted(variable for variable in read if f"`{variable}`" not in page) == []


def test_nothing_names_the_workshop():
    """The repository stands alone: no path, tool or paper of the place where it was made."""
    workshop = [
        "/work" + "/",
        "shared" + "/reference",
        "shared" + "/design",
        "DESIGN" + ".md",
        "tutoriel" + ".txt",
        "issues" + " show",
    ]
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    paths = [
        ROOT / file
        for file in listed.split("\0")
        if file and not re.search(r"\.(?:png|webp|woff2|mo)$", file)
    ]
    if not paths:
        pytest.skip("not a git checkout")

    found = [
        f"{name(path)}: {word}"
        for path in paths
        if path.exists()
        for word in workshop
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


def test_every_app_of_the_layers_is_in_the_architecture_page():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert [app for app in APPS if f"`{app}/`" not in page] == []
