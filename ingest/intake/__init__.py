"""From what was given to a plan: surveys folders, reads what lies beside, identifies files, lays out items."""
