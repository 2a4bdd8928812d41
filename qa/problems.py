"""What goes wrong in a way that a person can mend."""


class Problem(ValueError):
    """A refusal whose message, in the viewer's language, says what is wrong and what to do."""
