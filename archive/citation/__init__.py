"""Citations: from a cited unit to RIS, BibTeX, CSL-JSON, CSV and formatted Chicago, MLA and APA."""
