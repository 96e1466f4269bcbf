# Takes config/config.yaml and what --config says. Makes PLAN: the study, its folders and batches.

import os
import sys
import threading
from pathlib import Path

from commonthread.fingerprint import code_fingerprint
from commonthread.other_codebook import check_target
from commonthread.plan import plan_run
from commonthread.problems import InputProblems
from commonthread.runlock import RunLock
from commonthread.settings import changed_settings
from commonthread.times import mend_times

# No setting: it says what `snakemake compare` compares with.
COMPARED_WITH = config.pop("with", None)

try:
    if workflow.is_main_process:
        check_target(COMPARED_WITH, sys.argv[1:])
    PLAN = plan_run(Path("config/config.yaml"), config)
    RUN_LOCK = RunLock(Path(PLAN.private))
    if workflow.is_main_process:
        RUN_LOCK.acquire()
        mend_times(
            map(Path, [*PLAN.inputs, *PLAN.tables_files, PLAN.codebook]),
            map(Path, [PLAN.results, PLAN.private]),
        )
except InputProblems as problems:
    sys.exit(f"This run cannot start:\n{problems}")

# For the words on the terminal, which know nothing of the plan.
os.environ.update(COMMONTHREAD_RESULTS=PLAN.results)


def of_all_batches(path):
    return expand(path, batch=PLAN.batches)


wildcard_constraints:
    batch=r"\d{3}",


def end_at_once():
    """Cancel the timers by which Snakemake would look for more jobs: it waits a second for them."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()


onsuccess:
    end_at_once()


onerror:
    end_at_once()
