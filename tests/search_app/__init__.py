"""Tests of the front end: views, presenters, languages, and a real browser."""
