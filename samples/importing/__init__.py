"""Spreadsheets in: a lab's tables are checked whole, line by line, and then written, all or nothing."""
