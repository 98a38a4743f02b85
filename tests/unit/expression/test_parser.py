"""What is typed and what it means: groupings, notations, and safety for any text at all."""

import ast
import sys
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gradviz.core.errors import ExpressionError
from gradviz.expression import (
    FUNCTIONS,
    Binary,
    Call,
    Negate,
    Number,
    Operator,
    Parameter,
    Pi,
    Tree,
    Variable,
    parse,
    postorder,
    to_text,
)

X = Variable()
A, B, C, D, E = (Parameter(name) for name in "abcde")


def times(left: Tree, right: Tree) -> Tree:
    return Binary("*", left, right)


def plus(left: Tree, right: Tree) -> Tree:
    return Binary("+", left, right)


def power(base: Tree, exponent: float) -> Tree:
    return Binary("^", base, Number(exponent))


MEANINGS: dict[str, Tree] = {
    "x": X,
    "  y =\tx ": X,
    "y=a": A,
    "e": E,
    "pi": Pi(),
    "2π": times(Number(2), Pi()),
    "x1": Parameter("x1"),
    "3x1": times(Number(3), Parameter("x1")),
    "w12": Parameter("w12"),
    "p3(x)": times(Parameter("p3"), X),
    "2e3": Number(2000),
    "2e": times(Number(2), E),
    "2e+x": plus(times(Number(2), E), X),
    "2 e x": times(times(Number(2), E), X),
    "2e3x": times(Number(2000), X),
    ".5": Number(0.5),
    "2.": Number(2),
    "2.x": times(Number(2), X),
    "1e-3": Number(0.001),
    "2.5E+4": Number(25000),
    "5x": times(Number(5), X),
    "a b x": times(times(A, B), X),
    "a x^2": times(A, power(X, 2)),
    "a x²b": times(times(A, power(X, 2)), B),
    "2(x+1)": times(Number(2), plus(X, Number(1))),
    "2(3)": times(Number(2), Number(3)),
    "(x+1)(x-1)": times(plus(X, Number(1)), Binary("-", X, Number(1))),
    "x sin(x)": times(X, Call("sin", X)),
    "sin(x)cos(x)": times(Call("sin", X), Call("cos", X)),
    "sin (x)²": power(Call("sin", X), 2),
    "a/b c": times(Binary("/", A, B), C),
    "1/2x": times(Binary("/", Number(1), Number(2)), X),
    "a - b - c": Binary("-", Binary("-", A, B), C),
    "a - (b - c)": Binary("-", A, Binary("-", B, C)),
    "-x^2": Negate(power(X, 2)),
    "(-x)^2": power(Negate(X), 2),
    "-2x": times(Negate(Number(2)), X),
    "--x": Negate(Negate(X)),
    "a * -b": times(A, Negate(B)),
    "a - -b": Binary("-", A, Negate(B)),
    "x^2^3": Binary("^", X, power(Number(2), 3)),
    "x**2": power(X, 2),
    "x^-2": Binary("^", X, Negate(Number(2))),
    "x⁻²": Binary("^", X, Negate(Number(2))),
    "2^-x^2": Binary("^", Number(2), Negate(power(X, 2))),
    "5x³": times(Number(5), power(X, 3)),
    "x¹²": power(X, 12),
    "x²^3": power(power(X, 2), 3),
    "2^x²": Binary("^", Number(2), power(X, 2)),
    "a·b×x÷c−d": Binary("-", Binary("/", times(times(A, B), X), C), D),
    "a\u00a0x\n+\r\n1": plus(times(A, X), Number(1)),
    "a + b P3(c + d x)": plus(A, times(B, Call("P3", plus(C, times(D, X))))),
    "exp(-x^2)": Call("exp", Negate(power(X, 2))),
    "((x))": X,
    "2^64": power(Number(2), 64),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_that_a_text_means_its_tree(text: str) -> None:
    assert parse(text).tree == MEANINGS[text]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_that_every_function_can_be_called(name: str) -> None:
    assert parse(f"{name}(x)").tree == Call(name, X)


def test_that_parameters_come_in_the_order_in_which_they_are_typed() -> None:
    assert parse("y = d x^3 + a + b d + a w1").parameters == ("d", "a", "b", "w1")
    assert parse("5x + pi").parameters == ()


def test_that_an_expression_knows_its_text_and_whether_x_is_in_it() -> None:
    assert parse("y = a + 0 x").uses_x
    assert not parse("a exp(2)").uses_x
    assert parse(" y =  a ").text == " y =  a "


@pytest.mark.parametrize(
    ("text", "inputs", "parameters", "fittable", "result"),
    [
        ("a x^2", ("x",), ("a",), True, ""),
        ("a + 2", (), ("a",), True, ""),
        ("z sin(y) + b x", ("x", "y", "z"), ("b",), False, "f"),
        ("x z", ("x", "z"), (), True, "f"),
        ("y = x z", ("x", "z"), (), True, "y"),
        ("y = x^2", ("x",), (), False, ""),
        ("y", ("y",), (), False, "f"),
        ("f y + g", ("y",), ("f", "g"), False, "h"),
        ("y (f + g + h) (F + G + H)", ("y",), ("f", "g", "h", "F", "G", "H"), False, "value"),
        ("Y y1 z2", (), ("Y", "y1", "z2"), True, ""),
    ],
)
def test_that_y_and_z_are_inputs_at_a_point(
    text: str, inputs: tuple[str, ...], parameters: tuple[str, ...], fittable: bool, result: str
) -> None:
    expression = parse(text)
    assert expression.inputs == inputs
    assert expression.point_parameters == parameters
    assert (expression.fittable, expression.result) == (fittable, result)


def test_that_every_node_knows_where_it_stands() -> None:
    text = "y = a sin(b x)² - (c + 1.5)"
    spans = {text[slice(*node.span)] for node in postorder(parse(text).tree)}
    assert spans == {
        "a sin(b x)² - (c + 1.5)",
        "a sin(b x)²",
        "sin(b x)²",
        "sin(b x)",
        "b x",
        "²",
        "(c + 1.5)",
        "1.5",
        *"abxc",
    }


_OPERATORS: dict[type[ast.operator], Operator] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
}


def python_tree(node: ast.expr) -> Tree:
    """Return our tree of an expression that Python's own grammar has read."""
    match node:
        case ast.BinOp():
            operator = _OPERATORS[type(node.op)]
            return Binary(operator, python_tree(node.left), python_tree(node.right))
        case ast.UnaryOp():
            return Negate(python_tree(node.operand))
        case ast.Name():
            return X if node.id == "x" else Parameter(node.id)
        case _:
            return Number(2)


_python_texts = st.recursive(
    st.sampled_from(["x", "a", "2"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", " - ", " * ", " / ", "**"]), inner).map("".join),
        inner.map("-{}".format),
        inner.map("({})".format),
    ),
    max_leaves=8,
)


@given(_python_texts)
def test_that_operators_group_as_in_python(text: str) -> None:
    try:
        tree = parse(text).tree
    except ExpressionError:
        return  # constants such as 2/(2 - 2) and towers of powers are limits, not grouping
    assert tree == python_tree(ast.parse(text, mode="eval").body)


HOSTILE = [
    "9**9**9",
    "9^(9^9)",
    "(" * 10_000,
    "(" * 4096,
    "-" * 100_000 + "x",
    "-" * 4000 + "x",
    "x" + "^x" * 2000,
    "x" + " ²" * 2000,
    "x" + "+x" * 2047,
    "a" + " a" * 2047,
    "(x+1)" * 819,
    "(a+1)" * 818 + "/0",
    "sin(" * 1024,
    "9" * 4096,
    "🙂" * 4096,
    '__import__("os").system("true")',
    "().__class__.__bases__[0]",
    "lambda: 0",
    "x if x else x",
    "eval(x)",
    "５ｘ",
    "\x00",
    "x\x00",
    "a\x1b[31mb",
    "x\x0bx",
    "x\u200bx",
    "\u202ex",
    "\ud800",
    "x🙂",
    "x;x",
    "x#x",
    "'x'",
    "{x}",
    "x\\",
]


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_that_hostile_text_is_refused_within_50_ms(text: str) -> None:
    _outcome(text)  # the first use imports lark and makes its tables
    # What else the machine does slows a plain loop, which takes 12 ms alone, as much as it
    # slows the parser.
    pairs = [(_seconds_to_refuse(text), _seconds_to_count()) for _ in range(5)]
    refusal, loop = (min(seconds) for seconds in zip(*pairs, strict=True))
    assert refusal < max(0.050, 8 * loop)


def _seconds_to_count() -> float:
    start = time.process_time()
    total = 0
    for number in range(200_000):
        total += number * number
    return time.process_time() - start


def _seconds_to_refuse(text: str) -> float:
    start = time.process_time()
    with pytest.raises(ExpressionError):
        parse(text)
    return time.process_time() - start


_typed = st.one_of(
    st.text(),
    st.text(st.sampled_from("xyab10.+-*/^()= ²⁻π·sinP3e,_")),
    st.lists(
        st.sampled_from(
            ["x", "y", "a", "2", ".", "+", "-", "*", "^", "(", ")", "=", "sin", "²", " "]
        )
    ).map("".join),
)


@given(_typed)
@example("y")
@example("\ud800")
def test_that_any_text_is_an_expression_or_an_error_with_a_place_in_it(text: str) -> None:
    outcome = _outcome(text)
    if isinstance(outcome, ExpressionError):
        assert outcome.text == text
        assert outcome.message.endswith(".")
        assert outcome.hint.endswith((".", "?"))
        assert outcome.position >= 0
        assert outcome.length >= 1
        assert outcome.position + outcome.length <= max(1, len(text))
        assert outcome.caret().endswith("^")
    else:
        assert parse(to_text(outcome)).tree == outcome


_watched: list[str] = []
_watching = False


def _watch(event: str, _arguments: object) -> None:
    """Note what a parser has no business with; a hook stays for the life of the process."""
    if _watching and event in (
        "compile",
        "exec",
        "import",
        "open",
        "os.system",
        "subprocess.Popen",
    ):
        _watched.append(event)


def test_that_parsing_neither_compiles_nor_executes_nor_imports() -> None:
    global _watching
    for text in ("a + sin(b x)", "sine"):
        _outcome(text)  # what is imported at the first use is imported now
    sys.addaudithook(_watch)
    _watched.clear()
    _watching = True
    try:
        for text in (*MEANINGS, *HOSTILE, "sine", "2,5", "a +", "1/0"):
            _outcome(text)
        silent = list(_watched)
        compile("1", "probe", "eval")
    finally:
        _watching = False
    assert silent == []
    assert "compile" in _watched


def _outcome(text: str) -> Tree | ExpressionError:
    try:
        return parse(text).tree
    except ExpressionError as error:
        return error
