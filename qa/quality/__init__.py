"""What the quality pages say: errors, scores, one scorecard item; usable without a screen."""
