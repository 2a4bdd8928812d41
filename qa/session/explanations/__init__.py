"""The page of explanations: a month's list, and one explanation with its form, history and follow-up."""
