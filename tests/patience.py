"""How long a test waits for what must come: long enough for the busiest machine, since who waits in vain has failed
anyway."""

#: Seconds. Nothing is proven by it; a test that is about a time limit sets a limit of its own, and waits for that
#: limit.
PATIENCE = 600
