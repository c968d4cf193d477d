"""The Flask front end: URL state, thin views, presenters, templates, translations."""
