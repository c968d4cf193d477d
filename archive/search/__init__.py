"""One request, one analyser, one matcher, two engines."""
