"""« Délivrer ce badge »: give a list, check it, correct it, confirm. Nothing is awarded before the last button."""
