"""Journeys of people through the running notebook, in headless Chromium."""
