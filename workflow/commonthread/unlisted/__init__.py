"""Words that may tell who somebody is and that nobody listed: a person decides about each."""
