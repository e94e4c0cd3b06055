"""What begins a line of progress, always beside words that say the same."""

DONE, UNDER_WAY, NEEDS, STOPPED = ":white_check_mark:", ":hourglass_flowing_sand:", ":warning:", ":no_entry:"
