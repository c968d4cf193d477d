"""One request, one analyser, one matcher, two engines; kinds of documents, which engines do not know."""
