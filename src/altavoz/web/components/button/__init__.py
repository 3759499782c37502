"""Something to press: a button, or a link that looks like one."""
