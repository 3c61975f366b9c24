"""The people at a partner: what is done with them."""
