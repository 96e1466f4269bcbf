"""Finds the common threads in what people say in workshops.

A turn's way through the rooms: ``sources`` reads it, ``participants`` and ``names`` replace
the names in it, ``segments`` cuts it, ``dictionary`` codes it by the ``codebook``, ``codings``
decides between coders, ``frequencies``, ``participation`` and ``cooccurrence`` count it, and
``summary_tables`` and ``report`` write it up. ``tables`` says what every table between them holds.

Functions here take values or paths and give values back; they print nothing and know nothing of
Snakemake.
"""
