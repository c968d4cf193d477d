"""The makers of the sample scans: content, typesetting, ageing, file formats and spreadsheets."""
