"""What goes on over several screens: loading, training, evaluation, teaching."""
