"""The figures of the why page as a command: ``python -m qa why`` with the arguments that explain the same gap."""

import shlex
from dataclasses import replace

from qa.centers.sides import OTHERS, Course
from qa.centers.splits import SPLITS
from qa.command import arguments
from qa.filters import Asked, Scope
from qa.proof import Shown


def why_arguments(asked: Asked, course: Course, scope: Scope) -> list[str] | None:
    """What follows ``python -m qa why``; None where nothing is chosen of a dimension, which no command can say."""
    filters = replace(asked.filters, centers=(course.center,)) if course.center else asked.filters
    found = arguments(Shown((course.metric,), SPLITS[course.split], filters), course.metric, scope)
    if found is None:
        return None
    against = course.against
    if against == (OTHERS,) and scope is not None:
        against = tuple(center for center in sorted(scope) if center != course.center)
    found += [f"--against={one}" for one in against]
    if course.is_of_time and asked.before is not None:
        found += [f"--before-from={asked.before.date_from.isoformat()}", f"--before-to={asked.before.date_to.isoformat()}"]
    return found


def why_command(asked: Asked, course: Course, scope: Scope) -> str:
    """The whole line for a shell; empty where there is none."""
    found = why_arguments(asked, course, scope)
    return "" if found is None else shlex.join(["python", "-m", "qa", "why", *found])
