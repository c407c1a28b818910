"""The instruments of the source as every new lab gets them, and the shape their tables have."""
