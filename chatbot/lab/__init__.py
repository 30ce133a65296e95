"""The forgetting lab: three cells and two deep networks trained side by side, kept and compared."""
