"""Every change a manager may read of, in one list."""
