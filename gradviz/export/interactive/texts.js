// The texts of the page, in the language of its data.

let texts = {};

/** Returns a text in that language, with its values in their places. */
function said(text, values = {}) {
  return (texts[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Says what is written in the page itself in that language. */
function sayAgain(page) {
  for (const name of ["title", "aria-label", "placeholder"]) {
    for (const element of page.querySelectorAll(`[${name}]`)) {
      const text = element.getAttribute(name);
      if (texts[text]) element.setAttribute(name, texts[text]);
    }
  }
  for (const button of page.querySelectorAll("button")) {
    if (texts[button.textContent]) button.textContent = texts[button.textContent];
  }
}
