"""What the hidden states mean. NumPy only; one module a view."""
