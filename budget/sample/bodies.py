"""The bodies of the invented county, and how large each is."""

import random
from dataclasses import dataclass

REGION, COUNTY = "990101", "示例省示例市青禾县"
_PLACES = ("云溪镇", "柳河镇", "石桥镇", "南岗镇", "白杨乡", "清泉乡", "枣林乡", "东坪乡", "望山乡", "花园乡", "古渡镇",
           "双庙乡", "长岭镇", "稻香乡")  # fmt: skip
TOWNSHIPS = len(_PLACES)


@dataclass(frozen=True)
class Body:
    """A township. staff: people on its pay-roll, villages: how many it has; dice: its own seed."""

    number: int
    unit: str
    name: str
    staff: int
    villages: int
    seed: int

    def dice(self, what: str) -> random.Random:
        """The same throws for the same question, in whatever order questions are asked."""
        return random.Random(f"{self.seed} {self.unit} {what}")


def body(number: int, seed: int = 1) -> Body:
    """The body with this number from 0; beyond the fourteen townships they are called by their number."""
    place = _PLACES[number] if number < TOWNSHIPS else f"第{number + 1}示例乡"
    dice = random.Random(f"{seed} {number}")
    return Body(number, str(901 + number), f"青禾县{place}人民政府", dice.randint(38, 90), dice.randint(9, 32), seed)
