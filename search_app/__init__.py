"""The Flask front end: URL state, thin views, presenters, templates, translations."""

from search_app.app import create_app

__all__ = ["create_app"]
