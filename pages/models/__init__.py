from pages.models.page import MAX_DESCRIPTION, MAX_TITLE, Page
from pages.models.page_version import PageVersion

__all__ = ["MAX_DESCRIPTION", "MAX_TITLE", "Page", "PageVersion"]
