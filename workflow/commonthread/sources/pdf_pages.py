"""Takes the lines of text out of a PDF, in a process of its own that has a limit on everything.

A PDF is a program that is run to see what it draws. One that is made to do harm, or is only badly
broken, can take hours or all memory; the process that runs this file is stopped instead. It is
started as a script, with the file on its standard input, and answers in JSON on its output:
``{"pages": [[[text, x, y], ...], ...]}`` with points from the lower left corner, or
``{"error": word}`` with one of ``ERRORS``.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

ERRORS = ("damaged", "locked", "too large", "too many pages", "too much memory")

_MOST_TEXT = 20_000_000
"""Characters of text in all: some thirty times the Bible is more than a workshop says."""

Line = tuple[str, float, float]


def lines_of_pdf(data: bytes, most_pages: int, most_unpacked: int, page_seconds: float) -> Any:
    """Give the answer described above for a PDF.

    ``most_unpacked`` is the size in bytes that any stream may unpack to. For each page the process
    may use ``page_seconds`` more of processor time than it was started with.
    """
    from pypdf import PdfReader, overwrite_configuration
    from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

    overwrite_configuration(
        array_based_stream_maximum_output_length=most_unpacked,
        lzw_maximum_output_length=most_unpacked,
        run_length_maximum_output_length=most_unpacked,
        zlib_maximum_output_length=most_unpacked,
    )
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "locked"}
        number = len(reader.pages)
        if number > most_pages:
            return {"error": "too many pages"}
        allow_more_seconds(number * page_seconds)
        pages: list[list[Line]] = []
        length = 0
        for page in reader.pages:
            pages.append(_lines_of_page(page))
            length += sum(len(text) for text, _, _ in pages[-1])
            if length > _MOST_TEXT:
                return {"error": "too large"}
    except LimitReachedError:
        return {"error": "too large"}
    except DependencyError:
        return {"error": "locked"}
    except MemoryError:
        return {"error": "too much memory"}
    # A broken file can trip pypdf anywhere, with any exception: all of them say the same of it.
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, RuntimeError,
            TypeError, ValueError, AssertionError):  # fmt: skip
        return {"error": "damaged"}
    return {"pages": pages}


def _lines_of_page(page: Any) -> list[Line]:
    """Give the lines that a page draws, in its own order, with where each begins."""
    lines: list[Line] = []
    current: list[str] = []
    where = (0.0, 0.0)

    def end() -> None:
        if text := "".join(current).strip():
            lines.append((text, round(where[0], 1), round(where[1], 1)))
        current.clear()

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, _size: float) -> None:
        nonlocal where
        for at, piece in enumerate(text.split("\n")):
            if at:
                end()
            if piece.strip() and not any(part.strip() for part in current):
                where = (
                    tm[4] * cm[0] + tm[5] * cm[2] + cm[4],
                    tm[4] * cm[1] + tm[5] * cm[3] + cm[5],
                )
            current.append(piece)

    page.extract_text(visitor_text=visit)
    end()
    return lines


def allow_more_seconds(seconds: float) -> None:
    """Raise this process's limit of processor time, where the system has one."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (soft + int(seconds), hard))


def limit_process(seconds: int, megabytes: int) -> None:
    """Limit this process's processor time and memory, where the system can."""
    try:
        import resource
    except ImportError:  # On Windows; there the waiting of the other side is the only limit.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    except (ValueError, OSError):
        return  # macOS knows the limit but refuses to set it.


def main(arguments: list[str]) -> None:
    """Read a PDF from standard input, and write the answer to standard output."""
    seconds, megabytes, most_pages, most_unpacked, page_seconds = arguments
    limit_process(int(seconds), int(megabytes))
    answer = lines_of_pdf(
        sys.stdin.buffer.read(), int(most_pages), int(most_unpacked), float(page_seconds)
    )
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
