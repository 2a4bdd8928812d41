"""Centers beside each other, and why a value differs from another: figures and sentences, without a screen."""
