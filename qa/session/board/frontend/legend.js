// The legend of a chart, beside Plotly: it wraps like text, takes the keyboard, and costs a tenth of Plotly's to draw.
import { make, setAttribute, setText, svg } from "./dom.js"

const SHAPES = {
  circle: "M15 5a4 4 0 1 1-8 0a4 4 0 1 1 8 0z",
  square: "M7.5 1.5h7v7h-7z",
  diamond: "M11 0l5 5-5 5-5-5z",
  "triangle-up": "M11 .5l4.5 8h-9z",
  "triangle-down": "M11 9.5l4.5-8h-9z",
  pentagon: "M11 .5l4.6 3.3-1.8 5.4H8.2L6.4 3.8z",
  star: "M11 0l1.5 3.4 3.6.4-2.7 2.5.8 3.6L11 8l-3.2 1.9.8-3.6-2.7-2.5 3.6-.4z",
  hexagon: "M11 .4l4 2.3v4.6l-4 2.3-4-2.3V2.7z",
}

const AREA = "M0 0h22v10h-22z"
const DASHES = { dash: "5 3", dot: "2 2", dashdot: "5 2 2 2" }

// One button a named trace; `hidden` holds the names that are switched off, `onTurn` is called when it changes.
export function setLegend(legend, traces, hidden, onTurn) {
  const named = traces.filter(trace => trace.name && trace.showlegend !== false)
  while (legend.children.length > named.length) legend.lastChild.remove()
  while (legend.children.length < named.length) legend.append(makeEntry())
  named.forEach((trace, at) => setEntry(legend.children[at], trace, hidden, onTurn))
}

function makeEntry() {
  const stroke = svg("path", { d: "M0 5h22", "stroke-width": 2 })
  const button = make("button", "", svg("svg", { viewBox: "0 0 22 10", "aria-hidden": "true" }, stroke, svg("path")), make("span"))
  button.type = "button"
  return button
}

function setEntry(button, trace, hidden, onTurn) {
  const [stroke, shape] = button.firstChild.children
  const colour = trace.line?.color ?? trace.marker?.color ?? "currentColor"
  const isArea = Boolean(trace.fill)
  const isLine = trace.mode?.includes("lines") && !isArea
  setAttribute(stroke, "stroke", isLine ? colour : "none")
  setAttribute(stroke, "stroke-dasharray", DASHES[trace.line?.dash] ?? null)
  const symbol = String(trace.marker?.symbol ?? "circle")
  const isHollow = !isArea && symbol.endsWith("-open")
  setAttribute(shape, "d", isArea ? AREA : isLine && !trace.marker ? "" : SHAPES[symbol.replace("-open", "")] ?? SHAPES.circle)
  setAttribute(shape, "fill", isArea ? trace.fillcolor : isHollow ? "none" : colour)
  setAttribute(shape, "stroke", isHollow ? colour : null)
  setAttribute(shape, "stroke-width", isHollow ? 1.6 : null)
  setText(button.lastChild, trace.name)
  setAttribute(button, "aria-pressed", !hidden.has(trace.name))
  button.disabled = trace.meta === "helper" // an explanation: there is nothing to switch off
  button.onclick = () => {
    hidden[hidden.has(trace.name) ? "delete" : "add"](trace.name)
    onTurn()
  }
}
