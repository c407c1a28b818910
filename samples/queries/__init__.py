"""What people look up about samples; every function takes who is asking."""
