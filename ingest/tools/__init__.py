"""The only code that runs Tesseract or a PDF library, or opens a master."""
