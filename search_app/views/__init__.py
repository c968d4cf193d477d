"""Thin views: each reads the address, asks the archive, and hands what is presented to a template."""
