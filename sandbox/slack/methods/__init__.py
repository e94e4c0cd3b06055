"""Web API methods, one file a family; table.py is the list."""
