"""Who looks at the board and acts on it: a person, the role, and the centers the role may see."""

from dataclasses import dataclass
from typing import Literal, get_args

from qa.filters import Scope
from qa.text import Text

Role = Literal["guest", "branch_qa", "branch_head", "headquarters_qa", "director"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES: dict[Role, Text] = {
    "guest": Text("访客", "Guest"),
    "branch_qa": Text("分中心质检", "Branch QA"),
    "branch_head": Text("分中心负责人", "Head of branch"),
    "headquarters_qa": Text("总中心质检", "Headquarters QA"),
    "director": Text("客户服务总监", "Customer-service director"),
}
# Roles that belong to centers and see no others.
BRANCH_ROLES: tuple[Role, ...] = ("branch_qa", "branch_head")


@dataclass(frozen=True)
class Person:
    """Somebody in front of the board. ``scope``: the centers they may see, None for every one."""

    name: str
    role: Role
    scope: Scope

    def may_see(self, center: str) -> bool:
        """Whether the center is within the person's scope."""
        return self.scope is None or center in self.scope


GUEST = Person("", "guest", None)
