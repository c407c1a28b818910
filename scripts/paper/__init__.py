"""The paper, made of a campaign: records and raw files in, every analysis, all tables and figures, no hand on it."""
