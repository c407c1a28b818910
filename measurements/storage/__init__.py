"""Where bytes lie that are no rows: raw files and arrays, in a local folder or in S3-compatible storage."""
