"""The interactive page in a browser: with the mouse, keys, touch and without a network."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from browser import browser, opened_page
from export_cases import LABELS, figure_of, outlined_figure, tutorial_figure
from grouped_graphs import gpt2, lstm, unet
from playwright.sync_api import Browser, Page, expect
from sample_graphs import labelled_graph, tutorial_graph

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import Showing
from gradviz.core.graphs.placement import Direction
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.language.catalogues import speak
from gradviz.export.figure import GraphFigure
from gradviz.export.formats.html import page_text, render
from gradviz.export.interactive.notebook_frame import framed
from gradviz.render.characters import visible
from gradviz.render.groups.rough_measure import rough_size

pytestmark = pytest.mark.usefixtures("qapp")

BOX = ".boxes [data-item]"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "graph.html"


def written(path: Path, figure: GraphFigure) -> Path:
    path.write_bytes(render(figure))
    return path


def grouped_figure(layers: int = 12) -> GraphFigure:
    """Return a transformer whose layers are one fold, within the open model."""
    graph = gpt2(layers)
    return outlined_figure(graph, first_picture(graph, rough_size))


def titles(page: Page) -> list[str]:
    return page.locator(f"{BOX} text.title").all_text_contents()


def box(page: Page, title: str) -> str:
    """Return the selector of the first box with a title."""
    item = page.locator(BOX, has=page.get_by_text(title, exact=True)).first
    return f'{BOX}[data-item="{item.get_attribute("data-item")}"]'


def test_that_a_page_speaks_the_language_of_its_process(chromium: Browser, path: Path) -> None:
    speak("zh_CN")
    with opened_page(chromium, written(path, tutorial_figure(cursor=5))) as page:
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        expect(page.locator("#moment")).to_have_text("反向第5步，共13步: Mul")
        expect(page.locator("#fit")).to_have_text("适应窗口")
        page.locator(BOX).first.click()
        said = page.locator("body").inner_text()
        assert not re.search("Value|Gradient|Computes|Close|step", said)
        for name in ("title", "aria-label", "placeholder"):
            for element in page.locator(f"[{name}]").all():
                assert not re.search("[a-z]{3} [a-z]", element.get_attribute(name) or "")


def test_that_the_picture_is_that_of_the_program(chromium: Browser, path: Path) -> None:
    figure = tutorial_figure(cursor=5)
    with opened_page(chromium, written(path, figure)) as page:
        assert sorted(titles(page)) == sorted(node.op for node in tutorial_graph().nodes)
        now = page.locator(".node.now")
        expect(now).to_have_count(1)
        assert "grad ‖·‖ 958.5" in (now.text_content() or "")
        expect(page.locator("#moment")).to_have_text("backward step 5 of 13: Mul")
        expect(page.locator(".node.done")).to_have_count(4)
        expect(page.locator(".edge.now")).to_have_count(1)
        left, top = figure.placed.centers["muld"]
        width, height = figure.placed.sizes["muld"]
        drawn = now.locator("rect.box")
        assert float(drawn.get_attribute("x") or 0) == pytest.approx(left - width / 2, abs=0.1)
        assert float(drawn.get_attribute("y") or 0) == pytest.approx(top - height / 2, abs=0.1)


def test_that_keys_slider_and_buttons_walk_through_both_passes(
    chromium: Browser, path: Path
) -> None:
    with opened_page(chromium, written(path, tutorial_figure(cursor=0))) as page:
        moment = page.locator("#moment")
        expect(moment).to_have_text("forward pass done")
        page.keyboard.press("ArrowRight")
        expect(moment).to_have_text("backward step 1 of 13: Sum")
        page.keyboard.press("End")
        expect(moment).to_have_text(re.compile("backward step 13 of 13"))
        expect(page.locator("#on")).to_be_disabled()
        page.keyboard.press("ArrowLeft")
        page.click("#back")
        expect(moment).to_have_text(re.compile("backward step 11 of 13"))
        page.keyboard.press("Home")
        expect(page.locator("#back")).to_be_disabled()
        page.locator("#cursor").fill("3")
        expect(moment).to_have_text(re.compile("backward step 3 of 13"))
        page.click("#end")
        expect(page.locator(".node.idle")).to_have_count(0)


def test_that_a_node_tells_its_tensors_where_it_is_clicked(chromium: Browser, path: Path) -> None:
    with opened_page(chromium, written(path, tutorial_figure(cursor=5))) as page:
        details = page.locator("#details")
        expect(details).to_be_hidden()
        page.click(".node.now rect.box")
        expect(details).to_be_visible()
        told = details.inner_text()
        for text in ("MulBackward0", "d x³", "(2000,)", "float32, cpu", "‖·‖ 508.2", "‖·‖ 958.5"):
            assert text in told, text
        page.get_by_role("button", name="d", exact=True).click()
        expect(page.locator("#subject")).to_have_text("d")
        page.keyboard.press("Escape")
        expect(details).to_be_hidden()


def test_that_groups_open_and_close_by_mouse_and_key(chromium: Browser, path: Path) -> None:
    with opened_page(chromium, written(path, grouped_figure())) as page:
        (fold,) = (each for each in titles(page) if "×12" in each)
        before = titles(page)
        page.dblclick(box(page, fold))
        opened = titles(page)
        assert {"h.0", "h.11"} <= set(opened)
        assert fold not in opened
        page.locator(box(page, "h.3")).press("Enter")
        assert "attn" in titles(page)
        page.keyboard.press("Enter")
        assert titles(page) == opened
        page.locator(".frame-title", has=page.get_by_text(fold)).press("Enter")
        assert titles(page) == before


def test_that_levels_open_until_every_node_is_there_and_close_again(
    chromium: Browser, path: Path
) -> None:
    graph = gpt2(2)
    with opened_page(chromium, written(path, outlined_figure(graph, Showing()))) as page:
        first = titles(page)
        for _ in range(8):
            page.click("#deeper")
        drawn = page.evaluate("document.querySelectorAll('.boxes .node:not(.group)').length")
        assert drawn == page.evaluate("document.querySelectorAll('.boxes .node').length")
        assert not page.locator("#told").inner_text()
        for _ in range(8):
            page.click("#higher")
        assert len(titles(page)) <= len(first) + 1


@pytest.mark.parametrize("direction", get_args(Direction))
@pytest.mark.parametrize("graph", [gpt2(3), unet()])
def test_that_nothing_overlaps_however_groups_are_opened_in_any_direction(
    chromium: Browser, path: Path, graph: Graph, direction: Direction
) -> None:
    figure = outlined_figure(graph, Showing(), direction=direction)
    with opened_page(chromium, written(path, figure)) as page:
        for _ in range(5):
            page.click("#deeper")
            assert page.evaluate(OVERLAPS) == []
            assert page.evaluate(OUTSIDE) == []


#: The pairs of boxes, and of sibling frames, that overlap.
OVERLAPS = """() => {
  const {scene} = gradviz.drawing, model = gradviz.model, found = [];
  const all = [...scene.boxes.map(([item, x, y, w, h]) => [item, x - w / 2, y - h / 2, w, h]),
    ...scene.frames];
  for (const one of all) for (const other of all) {
    if (one[0] >= other[0] || model.around[one[0]] !== model.around[other[0]]) continue;
    if (one[1] < other[1] + other[3] && other[1] < one[1] + one[3] &&
        one[2] < other[2] + other[4] && other[2] < one[2] + one[4]) found.push([one, other]);
  }
  return found;
}"""
#: The items that reach out of their frame, and the edges that do not begin and end at their boxes.
OUTSIDE = """() => {
  const {scene} = gradviz.drawing, model = gradviz.model, found = [];
  const place = item => gradviz.drawing.placeOf(item);
  for (const item of [...scene.boxes.map(box => box[0]), ...scene.frames.map(frame => frame[0])]) {
    const around = model.around[item] < 0 ? null : place(model.around[item]);
    if (!around) continue;
    const [x, y, w, h] = place(item);
    if (x < around[0] || y < around[1] + 20 || x + w > around[0] + around[2] + .5 ||
        y + h > around[1] + around[3] + .5) found.push(item);
  }
  // Along the direction, an edge begins at the far border of its source and ends at the near one of
  // its target.
  const along = "LR RL".includes(model.direction) ? 0 : 1, across = 1 - along;
  const back = "BT RL".includes(model.direction);
  const far = box => box[along] + (back ? 0 : box[along + 2]);
  const near = box => box[along] + (back ? box[along + 2] : 0);
  const beside = (point, box) => point[across] < box[across] ||
    point[across] > box[across] + box[across + 2];
  for (const [source, target, , points] of scene.edges) {
    const a = place(source), b = place(target), end = points.slice(-2);
    if (Math.abs(points[along] - far(a)) > 1 || beside(points, a)) found.push(points);
    if (Math.abs(end[along] - near(b)) > 1 || beside(end, b)) found.push(points);
  }
  return found;
}"""


@pytest.mark.parametrize("direction", get_args(Direction))
def test_that_an_opened_group_keeps_the_direction_of_the_picture_and_shows_its_beginning(
    chromium: Browser, path: Path, direction: Direction
) -> None:
    figure = outlined_figure(lstm(60), Showing(), direction=direction)
    with opened_page(chromium, written(path, figure)) as page:
        page.click("#deeper")
        page.click("#deeper")
        edges = page.evaluate("gradviz.drawing.scene.edges.map(edge => edge[3])")
        axis, sign = {"TB": (1, 1), "BT": (1, -1), "LR": (0, 1), "RL": (0, -1)}[direction]
        assert edges
        assert all(sign * (points[-2:][axis] - points[axis]) > 0 for points in edges)
        page.evaluate("gradviz.fit(1)")
        scale, *moved = page.evaluate("[gradviz.scale, gradviz.x, gradviz.y]")
        size = page.evaluate("[gradviz.drawing.scene.width, gradviz.drawing.scene.height]")
        free = page.evaluate("gradviz.size")[axis] - size[axis] * scale
        assert free < 0
        assert moved[axis] == pytest.approx(0 if sign > 0 else free)


def test_that_search_counts_the_hits_and_opens_what_hides_one(
    chromium: Browser, path: Path
) -> None:
    with opened_page(chromium, written(path, grouped_figure())) as page:
        page.keyboard.press("Control+f")
        page.keyboard.type("softmax")
        expect(page.locator("#hits")).to_have_text("13")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("#hits")).to_have_text("2 of 13")
        expect(page.locator(f"{BOX}.selected")).to_be_in_viewport()
        assert "Softmax" in (page.locator(f"{BOX}.selected").text_content() or "")
        page.fill("#search", "no such thing")
        expect(page.locator("#hits")).to_have_text("none")


def test_that_the_wheel_the_mouse_the_buttons_and_two_fingers_move_the_view(
    chromium: Browser, path: Path
) -> None:
    with opened_page(chromium, written(path, tutorial_figure())) as page:

        def view() -> list[float]:
            found: list[float] = page.evaluate("[gradviz.scale, gradviz.x, gradviz.y]")
            return found

        scale, x, y = view()
        page.mouse.move(700, 400)
        page.mouse.wheel(0, -300)
        page.wait_for_function(f"gradviz.scale > {scale}")
        page.click("#out")
        assert view()[0] < page.evaluate(f"{scale} * 1.6")
        page.keyboard.press("0")
        assert view() == [scale, x, y]
        page.mouse.move(60, 500)
        page.mouse.down()
        page.mouse.move(160, 540, steps=4)
        page.mouse.up()
        assert view() == [scale, x + 100, y + 40]
        pinched = page.context.new_cdp_session(page)
        for kind, apart in (("touchStart", 50), ("touchMove", 80), ("touchMove", 120)):
            points = [{"x": 500 - apart, "y": 500, "id": 1}, {"x": 500 + apart, "y": 500, "id": 2}]
            pinched.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        pinched.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert view()[0] > scale * 1.3


@pytest.mark.parametrize("dark", [False, True])
def test_that_it_follows_the_scheme_of_the_reader_and_prints_in_light_colours(
    chromium: Browser, path: Path, dark: bool
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with opened_page(chromium, written(path, tutorial_figure()), dark=dark) as page:
        light, other = "rgb(251, 251, 253)", "rgb(22, 24, 29)"
        assert page.evaluate(ground) == (other if dark else light)
        page.click("#theme")
        assert page.evaluate(ground) == (light if dark else other)
        page.emulate_media(media="print")
        assert page.evaluate(ground) == light
        expect(page.locator("footer")).to_be_hidden()
        assert page.pdf().startswith(b"%PDF-")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (400, 700)])
def test_that_nothing_of_the_page_is_cut(
    chromium: Browser, path: Path, size: tuple[int, int]
) -> None:
    width, height = size
    written(path, grouped_figure())
    with opened_page(chromium, path, width=width, height=height) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for control in page.locator("button:visible, input:visible, output:visible").all():
            place = control.bounding_box()
            assert place is not None
            assert place["x"] >= 0
            assert place["x"] + place["width"] <= width
            assert place["y"] + place["height"] <= height


def test_that_any_label_is_shown_and_none_is_code(chromium: Browser, path: Path) -> None:
    for label in (*LABELS, "</script><script>window.bad=1</script>", "<img onerror=alert(1)>"):
        written(path, figure_of(labelled_graph(label)))
        with opened_page(chromium, path) as page:
            shown = page.evaluate("gradviz.model.nodes.map(node => node[3])")
            assert visible(label) in shown
            page.locator(BOX).first.click()
            assert page.evaluate("window.bad") is None
            assert page.locator("img, script[src]").count() == 0


def test_that_a_page_works_in_a_frame_that_has_no_rights(chromium: Browser, path: Path) -> None:
    frame = framed(page_text(tutorial_figure(cursor=0)), "graph")
    path.write_text(f"<!DOCTYPE html><html data-ready='true'><body>{frame}", encoding="utf-8")
    with opened_page(chromium, path) as page:
        shown = page.frame_locator("iframe")
        expect(shown.locator(f"{BOX} text.title").first).to_be_visible()
        shown.locator("#on").click()
        expect(shown.locator("#moment")).to_have_text("backward step 1 of 13: Sum")


def test_that_a_frame_that_had_no_room_at_first_shows_all_once_it_has(
    chromium: Browser, path: Path
) -> None:
    frame = framed(page_text(tutorial_figure(cursor=0)), "graph")
    hidden = f"<div id='cell' style='display: none'>{frame}</div>"
    path.write_text(f"<!DOCTYPE html><html data-ready='true'><body>{hidden}", encoding="utf-8")
    with opened_page(chromium, path) as page:
        shown = page.frame_locator("iframe")
        expect(shown.locator("html")).to_have_attribute("data-ready", "true")
        page.evaluate("document.getElementById('cell').style.display = 'block'")
        graph = shown.locator("svg > g").first
        expect(graph).not_to_have_attribute("transform", re.compile(r"scale\(0\.02\)"))


def test_that_a_thousand_iterations_stay_usable(chromium: Browser, path: Path) -> None:
    graph = lstm(1000)
    written(path, outlined_figure(graph, first_picture(graph, rough_size)))
    assert path.stat().st_size < 3_000_000
    with opened_page(chromium, path) as page:
        page.click("#deeper")
        assert len(titles(page)) < 60
        page.fill("#search", "step 500")
        page.keyboard.press("Enter")
        expect(page.locator(".selected").first).to_be_in_viewport()


def test_that_a_picture_keeps_its_scale_where_the_window_or_a_message_changes_its_room(
    chromium: Browser, path: Path
) -> None:
    graph = lstm(400)
    written(path, outlined_figure(graph, Showing(frozenset(each.id for each in graph.groups))))
    with opened_page(chromium, path) as page:
        page.set_viewport_size({"width": 1000, "height": 600})
        page.evaluate("gradviz.say('a message')")
        expect(page.locator("#told")).to_be_visible()
        page.wait_for_function(
            "(({width, height}) => gradviz.svg.getAttribute('viewBox') === "
            "`0 0 ${width} ${height}`)(gradviz.svg.getBoundingClientRect())"
        )
