"""Slack over its real wire: Web API, signed deliveries, and people who act."""
