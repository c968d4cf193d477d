"""Finding aids: EAD 2002 and EAD3 into the tree of components, and the links by which ArchivesSpace leads back."""
