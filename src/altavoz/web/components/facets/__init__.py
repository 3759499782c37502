"""The questions that narrow a list, each answer a link with its count."""
