"""What leaves the archive to be preserved elsewhere: manifests, ALTO, PREMIS, METS and bags."""
