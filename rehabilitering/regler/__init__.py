"""A rule set as the administrator sees it: its fields, what is wrong, what differs, who is touched."""
