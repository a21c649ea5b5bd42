"""Who imports whom, as a picture in layers: `python -m tests.bench.picture`.

A room is a package or module one level under `budget` or `disclosures`. An arrow is an import written anywhere in a
module, inside a function or under TYPE_CHECKING too. That Python also runs the packages above an imported module is no
arrow: nobody wrote it. Migrations are left out, and `deploy`, which stands above both.
"""

import ast
import sys
from collections import defaultdict, deque
from graphlib import TopologicalSorter
from importlib.util import resolve_name

from tests.bench.sizes import FOLDERS
from tests.test_rooms import ROOT, modules


def name_of(path):
    """The dotted name of a module: `budget/checks/__init__.py` is `budget.checks`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(source, package):
    """Every dotted name that a module's source imports; package: where its relative imports begin."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def nearest(name, known):
    """The known module that a dotted name is, or stands in; None for a library."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def module_arrows():
    """{module: modules of ours that it imports}."""
    paths = {name_of(path): path for path in modules(*FOLDERS)}
    arrows = {}
    for name, path in paths.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        names = imported(path.read_text(encoding="utf-8"), package)
        arrows[name] = {nearest(found, paths) for found in names} - {None, name}
    return arrows


def room_of(module):
    """`budget.checks.rules.cells` is in the room `budget.checks`."""
    return ".".join(module.split(".")[:2])


def room_arrows(arrows):
    """{room: other rooms that its modules import}, from the arrows between modules."""
    found = defaultdict(set)
    for module, targets in arrows.items():
        found[room_of(module)] |= {room_of(target) for target in targets} - {room_of(module)}
    return dict(found)


def arrows_within_rooms(arrows):
    """The arrows between modules of one room alone."""
    return {
        module: {target for target in targets if room_of(target) == room_of(module)}
        for module, targets in arrows.items()
    }


def circles(graph):
    """The shortest way from each node back to itself, each circle once: [(a, b, c)] for a → b → c → a."""
    found = {}
    for node in sorted(graph):
        if way := _way_back(graph, node):
            found.setdefault(frozenset(way), way)
    return list(found.values())


def _way_back(graph, start):
    ways, seen = deque([(start,)]), set()
    while ways:
        way = ways.popleft()
        for target in sorted(graph.get(way[-1], set()) - seen):
            if target == start:
                return way
            seen.add(target)
            ways.append((*way, target))
    return None


def steps(circle):
    """The arrows of a circle: [(a, b), (b, c), (c, a)]."""
    return list(zip(circle, circle[1:] + circle[:1], strict=True))


def behind(circle, arrows):
    """`module -> module` for every import behind a circle of rooms."""
    return [
        f"{module} -> {target}"
        for here, there in steps(circle)
        for module in sorted(arrows)
        for target in sorted(arrows[module])
        if (room_of(module), room_of(target)) == (here, there)
    ]


def layers(graph):
    """[[node]] from the ground up: each imports only what lies below it. Needs a graph without circles."""
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    while ready := sorter.get_ready():
        yield sorted(ready)
        sorter.done(*ready)


def reach(graph, node):
    """Every node that the arrows lead to from this one."""
    seen, waiting = set(), [node]
    while waiting:
        fresh = graph.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting.extend(fresh)
    return seen


def direct(graph, node):
    """The arrows that do not follow from others: a → c is left out where a → b → c."""
    targets = graph.get(node, set())
    return sorted(t for t in targets if not any(t in reach(graph, other) for other in targets - {t}))


def draw(graph):
    """The picture's lines, what nobody imports on top; rooms without arrows are left out."""
    linked = {node: targets for node, targets in graph.items() if targets}
    for number, layer in reversed(list(enumerate(layers(linked)))):
        for node in layer:
            yield f"{number:>2}  {node:<24}{'→ ' + ', '.join(direct(graph, node)) if number else ''}".rstrip()


def main():
    """Print the picture, or what stands in its way."""
    arrows = module_arrows()
    rooms = room_arrows(arrows)
    if found := circles(rooms):
        sys.exit("\n".join(line for circle in found for line in ["circle:", *behind(circle, arrows)]))
    print("\n".join(draw(rooms)))


if __name__ == "__main__":
    main()
