"""What the public sees: publications, and everything drawn from them."""
