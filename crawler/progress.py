"""A progress bar on standard error, where somebody looks at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


@contextmanager
def progress_bar(title: str, total: int, unit: str = "") -> Iterator[Callable[[int], None]]:
    """Show how far something has come; nothing when standard error is no terminal.

    Args:
        title: what is done.
        total: when it is complete; more than that may come.
        unit: of the numbers; empty: they are not shown.

    Yields:
        What is called with each further step.
    """
    console = Console(stderr=True)
    numbers = [MofNCompleteColumn(), TextColumn(unit)] if unit else []
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), *numbers, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=total or None)
        yield lambda step: progress.advance(task, step)
