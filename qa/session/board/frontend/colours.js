// Which mode the page is in, and figures with their colours in it.

// "light" or "dark", from the background that Streamlit's theme gives this element.
export function modeOf(element) {
  const style = getComputedStyle(element)
  const [red, green, blue] = channels(style.getPropertyValue("--st-background-color").trim())
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light"
}

function channels(colour) {
  const hex = /^#([0-9a-f]{6})/i.exec(colour)
  if (hex) return [0, 2, 4].map(at => parseInt(hex[1].slice(at, at + 2), 16))
  const short = /^#([0-9a-f]{3})$/i.exec(colour)
  if (short) return [...short[1]].map(digit => parseInt(digit + digit, 16))
  return (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number)
}

// The value of a token in a mode.
export function colour(token, mode) {
  return SETTINGS.palettes[mode][token]
}

// A copy of any part of a figure in which each "var(--token)" has the mode's value.
export function resolve(node, mode) {
  if (typeof node === "string") {
    return node.startsWith("var(--") ? (colour(node.slice(6, -1), mode) ?? node) : node
  }
  if (Array.isArray(node)) return isPlain(node) ? node : node.map(part => resolve(part, mode))
  if (node === null || typeof node !== "object") return node
  const copy = {}
  for (const name in node) copy[name] = resolve(node[name], mode)
  return copy
}

// Numbers carry no colours: long series are passed on as they are.
function isPlain(list) {
  return typeof list[0] === "number" && typeof list[list.length - 1] === "number"
}

const templates = {}

// The board's chart template in a mode; shared, not to be changed.
export function template(mode) {
  return (templates[mode] ??= resolve(SETTINGS.template, mode))
}
