"""What a template of the playbook may say: values, conditions, and loops over a list that has a name.

Nothing that computes or calls: whoever writes a text can then take neither the machine's time nor its memory.
"""

from jinja2 import Environment, TemplateSyntaxError, nodes

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Concat,
    nodes.If, nodes.CondExpr, nodes.For, nodes.Test, nodes.Filter,
    nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
FILTERS = frozenset({"default", "join", "length", "lower", "upper"})


def parse(environment: Environment, text: str) -> nodes.Template:
    """Raises TemplateError, with the line, at what no text of ours needs."""
    tree = environment.parse(text)
    for node in tree.find_all(nodes.Node):
        if (why := _refused(node)) is not None:
            raise TemplateSyntaxError(why, node.lineno)
    return tree


def _refused(node: nodes.Node) -> str | None:
    if not isinstance(node, ALLOWED):
        return f"a template takes values, conditions and loops, no {type(node).__name__.lower()}"
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"a template has no filter {node.name}: take one of {', '.join(sorted(FILTERS))}"
    if isinstance(node, nodes.For) and not isinstance(node.iter, nodes.Name | nodes.Getattr):
        return "a loop goes over a list that has a name"
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return f"a value has no {node.attr}"
    return None
