"""Refuses the blocks and views that Slack refuses."""
