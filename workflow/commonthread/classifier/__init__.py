"""A coder that learns from people's codings, and applies a code only where it may be believed.

It reads what people decided, never what a machine did, and never the segments of an audit. Where it
is not sure it says so, and leaves the segment to people.
"""
