"""Presenters: from states, answers and holdings to what a template shows. Pure, but for words in the reader's
language."""
