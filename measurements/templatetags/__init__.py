"""What templates of measurements may use."""
