"""The forms that pages and the API share."""
