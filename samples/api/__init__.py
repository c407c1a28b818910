"""The REST interface of the samples floor: the pages' forms and services under /api/v1/."""
