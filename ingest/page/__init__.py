"""One page: from its master to words, read by one reader or two, or taken from a text layer or a transcript."""
