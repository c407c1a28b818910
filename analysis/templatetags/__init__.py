"""What templates of analyses may use."""
