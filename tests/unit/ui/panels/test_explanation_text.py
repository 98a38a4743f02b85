"""What the explain panel says of a rule."""

import msgspec
from sample_graphs import scalar, tutorial_graph

from gradviz.core.findings.rule import Rule, RuleLine
from gradviz.ui.panels.explanation_text import rule_html

_LINE = RuleLine(
    slot=0, input="other", receiver="b", readable="grad ⊙ self", formula="mul(grad)",
    summed_over=(0,), local=scalar(2.5), result=scalar(7.5),
)  # fmt: skip


def test_that_the_dims_of_a_sum_are_named_with_the_numbers() -> None:
    html = rule_html(
        Rule(upstream=(scalar(3.0),), lines=(_LINE,)), tutorial_graph(), "mulb", reached=True
    )
    assert "∂loss/∂b = Σ over dim 0 of grad ⊙ self" in html
    assert all(number in html for number in (">3<", ">2.5<", ">7.5<"))


def test_that_each_of_several_results_has_its_own_upstream() -> None:
    rule = Rule(upstream=(scalar(3.0), None, scalar(4.0)), lines=(_LINE,))
    html = rule_html(rule, tutorial_graph(), "mulb", reached=True)
    for index, number in enumerate((">3<", ">None<", ">4<")):
        row = html[html.index(f"upstream {index}") :]
        assert number in row[: row.index("</tr>")]
    assert "upstream 0" not in rule_html(rule, tutorial_graph(), "mulb", reached=False)


def test_that_it_is_said_why_there_are_no_local_numbers() -> None:
    line = msgspec.structs.replace(_LINE, local=None)
    rule = Rule(upstream=(scalar(3.0),), lines=(line,), note="The weights have changed.")
    html = rule_html(rule, tutorial_graph(), "mulb", reached=True)
    assert "The weights have changed." in html
    assert "local" not in html
