"""What persons decided of a page, put where it belongs on the reading that is shown."""
