// Small helpers to build and change elements. Every setter writes only what differs, so nothing is laid out twice.

const SVG = "http://www.w3.org/2000/svg"

// A new element of this class, holding the children.
export function make(tag, className = "", ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

// A new SVG element with these attributes.
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag)
  for (const name in attributes) element.setAttribute(name, attributes[name])
  element.append(...children)
  return element
}

export function setText(element, text) {
  if (element.qbText === text) return
  element.qbText = text
  element.textContent = text
  element.classList.toggle("qb-blank", !text)
}

export function setAttribute(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(name)
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
}

export function setClass(element, name, on) {
  if (element.classList.contains(name) !== on) element.classList.toggle(name, on)
}

// The width of a text in em, near enough without measuring: a Chinese character takes one, others about half.
export function textWidth(text) {
  let width = 0
  for (let at = 0; at < text.length; at++) width += text.charCodeAt(at) > 0x2e7f ? 1.02 : 0.53
  return width
}

// Paths on a 16 x 16 grid, drawn with a stroke of the text's colour.
const PATHS = {
  met: "M3.2 8.4l3.1 3.1 6.5-6.9",
  missed: "M4 4l8 8M12 4l-8 8",
  uncertain: "M2.5 9.2c1.8-3.4 3.7-3.4 5.5-1.2s3.7 2.2 5.5-1.2",
  too_few: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  no_target: "M4 8h8",
  none: "M3.5 6h9M3.5 10h9",
  better: "M8 13V3.5M4 7.2L8 3.2l4 4",
  worse: "M8 3v9.5M4 8.8l4 4 4-4",
  improvement: "M2.8 11.2l3.6-3.6 2.4 2.4 4.4-5M9.8 5h3.4v3.4",
  concern: "M8 2.6L14 13H2zM8 6.6v3M8 11.3h.01",
  proof: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.4V11M8 5h.01",
  print: "M4.5 6V2.8h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v3.7h-7z",
  open: "M5 3.2L10 8l-5 4.8",
  back: "M10.5 3.2L5.5 8l5 4.8",
  down: "M4 6.2l4 4 4-4",
  table: "M2.5 3.5h11v9h-11zM2.5 6.6h11M2.5 9.6h11M6.4 3.5v9",
  chart: "M2.5 2.5v11h11M4.8 10l2.6-3 2.2 1.8 3.6-4.6",
  columns: "M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9",
  only: "M2.5 3.5h11L9.4 8.6v4.6l-2.8-1.6v-3z",
  save: "M8 2.8v7.4M4.8 7.4L8 10.6l3.2-3.2M3 13.2h10",
  image: "M8 2.8v7.4M4.8 7.4L8 10.6l3.2-3.2M3 13.2h10",
}

// A decorative icon: hidden from screen readers, which read the text beside it.
export function icon(name) {
  const path = svg("path", { d: PATHS[name] ?? PATHS.no_target })
  return svg("svg", { class: "qb-icon", viewBox: "0 0 16 16", "aria-hidden": "true", "data-icon": name }, path)
}

export function setIcon(image, name) {
  if (image.dataset.icon === name) return
  image.dataset.icon = name
  image.firstChild.setAttribute("d", PATHS[name] ?? PATHS.no_target)
}

// A mark: icon, text and colour of one statement; its parts are changed by setMark.
export function makeMark(className = "") {
  const mark = make("span", `qb-mark ${className}`, icon("none"), make("span"))
  mark.hidden = true
  return mark
}

export function setMark(element, mark) {
  element.hidden = !mark
  if (!mark) return
  const [state, text] = mark
  setAttribute(element, "data-state", state)
  setIcon(element.firstChild, state)
  setText(element.lastChild, text)
}
