"""One award, every form: the same facts written as Open Badges 2.0 and 3.0 documents."""
