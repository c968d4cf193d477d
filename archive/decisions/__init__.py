"""What persons say of a place on a page, and how it is carried over when the page is read again.

One mechanism for all kinds of it: a decision is kept beside the readings, which stay as they were read, and says of an
anchor what was decided, by whom and when. On each reading that comes to be shown it is placed anew, the older first,
or waits. A kind (`archive.decisions.kinds`) says what differs.
"""

from archive.decisions.carrying import Carried, carried
from archive.decisions.decision import Decision, Kind
from archive.decisions.kinds import CORRECTION, KINDS, kind_named

__all__ = ["CORRECTION", "KINDS", "Carried", "Decision", "Kind", "carried", "kind_named"]
