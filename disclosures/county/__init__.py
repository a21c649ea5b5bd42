"""The county's day: who is where on the way to the public, publishing many, and taking back what must not stand."""
