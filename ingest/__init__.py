"""Takes scans in: survey, identify, transcribe, describe, extract, and the pipeline that joins them."""
