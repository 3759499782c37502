"""An image of ours in the smallest format the browser reads, in three widths."""
