"""A dump of the whole archive, as a bag in a tar file, and its restoring: the same record, whatever the database.

The format, its first version. A dump is a BagIt bag (RFC 8493) in a tar file (POSIX pax; `.tar.gz`: compressed), made
to be read without this program. In its one folder:

    bagit.txt, bag-info.txt     the bag
    manifest-sha256.txt         the SHA-256 of everything in data/, in the order of the tar file
    tagmanifest-sha256.txt      of the three above
    data/catalog/TABLE.jsonl    a table of the catalog, one JSON object a row, by column names
    data/dump.json              the format's version, the catalog's revision, the rows of each table, when and by which
                                version it was made
    data/config.yaml            the settings that were in force, without passwords
    data/derivatives/…          page images and thumbnails, unless they were left out

In a row, times are ISO 8601 in UTC, binary values base64, JSON values JSON, all else as JSON has it; a file's name has
its bytes that are no UTF-8 as `\\xE9`, and a backslash doubled. The revision is that of `archive/catalog/migrations`,
which say what each table and column was then.
"""
