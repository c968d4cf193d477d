"""Tests of search; corpus and oracle are for every engine."""
