"""What the overview says beside its figures: what needs attention, how fresh the data are."""
