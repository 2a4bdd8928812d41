// The small line in a tile: its values, the target, points that may still change.
import { make, setText, svg } from "./dom.js"

const HEIGHT = 36
const PAD = 4

// The parts of a sparkline; empty until drawn.
export function makeSparkline() {
  const drawing = svg("svg", { class: "qb-spark", viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", role: "img" })
  const dots = make("div", "qb-spark-dots")
  const tip = make("div", "qb-spark-tip")
  const element = make("div", "qb-spark-box", drawing, dots, tip)
  const parts = { element, drawing, dots, tip, line: null, places: [] }
  element.onpointermove = event => showTip(parts, event)
  element.onpointerleave = () => setText(tip, "")
  return parts
}

export function setSparkline(parts, line) {
  const known = line ? line.values.filter(value => value !== null) : []
  parts.element.hidden = known.length < 2
  if (parts.element.hidden) return
  const scale = scales(line, known)
  parts.line = line
  parts.places = line.values.map((value, at) => (value === null ? null : [scale.x(at), scale.y(value)]))
  parts.drawing.replaceChildren(...targetMarks(line, scale), ...segments(line, parts.places))
  parts.dots.replaceChildren(...dots(line, parts.places))
  parts.drawing.setAttribute("aria-label", [line.labels[0], line.labels.at(-1)].filter(Boolean).join(" → "))
  setText(parts.tip, "")
}

function scales(line, known) {
  const shown = [...known, line.minimum, line.maximum].filter(value => value !== null)
  const low = Math.min(...shown)
  const span = Math.max(...shown) - low || 1
  const steps = Math.max(line.values.length - 1, 1)
  return {
    x: at => (at / steps) * 100,
    y: value => HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD),
  }
}

function targetMarks(line, scale) {
  const marks = []
  if (line.minimum !== null && line.maximum !== null) {
    const top = scale.y(line.maximum)
    marks.push(svg("rect", { class: "qb-spark-band", x: 0, width: 100, y: top, height: scale.y(line.minimum) - top }))
  }
  for (const value of [line.minimum, line.maximum]) {
    if (value !== null) marks.push(svg("line", { class: "qb-spark-target", x1: 0, x2: 100, y1: scale.y(value), y2: scale.y(value) }))
  }
  return marks
}

// Two paths: what is settled, and (dashed) what leads to provisional points.
function segments(line, places) {
  const paths = { settled: "", provisional: "" }
  for (let at = 1; at < places.length; at++) {
    if (!places[at] || !places[at - 1]) continue
    const kind = line.provisional[at] ? "provisional" : "settled"
    paths[kind] += `M${places[at - 1].map(round)}L${places[at].map(round)}`
  }
  return Object.entries(paths).map(([kind, d]) => svg("path", { class: `qb-spark-line qb-${kind}`, d }))
}

function round(number) {
  return Math.round(number * 100) / 100
}

// Points are elements of their own: the drawing is stretched, they are not.
function dots(line, places) {
  const last = places.findLastIndex(place => place !== null)
  return places.flatMap((place, at) => {
    const provisional = Boolean(line.provisional[at])
    const alone = place && !places[at - 1] && !places[at + 1]
    if (!place || !(provisional || alone || at === last)) return []
    const dot = make("i", `qb-spark-dot${provisional ? " qb-hollow" : ""}`)
    dot.style.left = `${place[0]}%`
    dot.style.top = `${(place[1] / HEIGHT) * 100}%`
    return [dot]
  })
}

function showTip(parts, event) {
  const box = parts.element.getBoundingClientRect()
  const share = (event.clientX - box.left) / box.width
  const at = Math.round(share * (parts.line.values.length - 1))
  setText(parts.tip, parts.line.labels[at] ?? "")
  parts.tip.classList.toggle("qb-left", share > 0.5)
}
