"""What an archivist is told of a batch: in words, as a spreadsheet, as a page with pictures, and while it goes on."""
