"""What people look up on the ground floor; every function takes who is asking."""
