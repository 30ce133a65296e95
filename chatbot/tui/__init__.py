"""The terminal interface: draws turns and traces, sends commands; knows nothing of weights."""
