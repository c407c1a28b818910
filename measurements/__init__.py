"""Raw files, their readers and the measurements made of them; the floor above samples."""
