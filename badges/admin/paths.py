from collections.abc import Callable
from functools import partial

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path


def admin_path(model_admin, name: str, tail: str, view: Callable[..., HttpResponseBase]) -> URLPattern:
    """A page of one row: `view` gets the model's administration, the request and the row's key."""
    bound = model_admin.admin_site.admin_view(partial(view, model_admin))
    return path(f"<int:object_id>/{tail}", bound, name=f"badges_{name}")
