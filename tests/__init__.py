"""The tests of Rescate; their folders mirror the packages."""
