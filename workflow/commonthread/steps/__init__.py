"""The jobs of the workflow: each module is one, takes paths and plain values, and writes files.

A step gives back the sentences that the terminal shows, if any. What it does is in the library;
here files are opened, handed on, and written.
"""
