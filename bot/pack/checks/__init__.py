"""What is wrong with a pack: small pure checks, one table of them."""
