"""How to cite a work, in three forms to copy or download."""
