"""What a run remembers and does between the plan and the index: entries, outcomes, accession, the queue of pages."""
