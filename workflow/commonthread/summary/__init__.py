"""The summary tables: drafted by a machine, written by people, checked on every run.

``named`` says which tables there are, ``columns`` what their columns are called. ``grouping`` finds
statements that are alike. ``rows`` says what a row of a table is; ``workbook`` and ``yaml_file``
write rows to edit, ``edited_workbook`` and ``yaml_file`` read them back; ``folder`` knows which
files are people's and which are untouched drafts.
``evidence`` knows the words, speakers and consent behind a segment; ``check`` holds rows against it;
``layout`` turns them into tables for documents.
"""
