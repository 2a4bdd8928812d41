// The figure as Plotly gets it. Plotly's own ways to the same picture (templates, automargin, overflow checks) draw an
// axis two or three times to measure it; done here, four charts are redrawn in less than half the time.
import { resolve, template } from "./colours.js"
import { textWidth } from "./dom.js"
import { isRecord } from "./plotly.js"

const TICK_SIZE = 12
const TICK_GAP = 14
const TITLE_ROOM = 22
const MEASURED_HERE = { automargin: false, ticklabeloverflow: "allow" }

// A figure's data and layout in a mode, for a size; `hidden` has the names of traces that are switched off.
export function dressed(figure, mode, size, hidden) {
  const { data, layout } = resolve(figure, mode)
  const base = merge(template(mode).layout, { xaxis: MEASURED_HERE, yaxis: MEASURED_HERE })
  const whole = merge(base, layout)
  const room = { ...whole.margin, ...margins(whole, data), ...layout.margin }
  whole.xaxis = thinned(whole.xaxis, size.width - room.l - room.r)
  return { data: data.map(trace => bare(trace, hidden)), layout: { ...whole, ...size, margin: room } }
}

// Both records in one, the second's entries winning, at every depth.
function merge(base, over) {
  const both = { ...base }
  for (const name in over) both[name] = isRecord(base?.[name]) && isRecord(over[name]) ? merge(base[name], over[name]) : over[name]
  return both
}

// What only the board reads is kept from Plotly, which would walk through it at each drawing.
function bare({ text, customdata, ids, ...trace }, hidden) {
  const needsText = !trace.hovertext || trace.mode?.includes("text") || !["none", undefined].includes(trace.textposition)
  if (needsText && text !== undefined) trace.text = text
  if (hidden.has(trace.name)) trace.visible = "legendonly"
  if (ids && hidden.size) trace.y = trace.y.map((value, at) => (hidden.has(ids[at]) ? null : value))
  return trace
}

function margins(layout, data) {
  return {
    l: Math.max(10 + TICK_SIZE * widestLabel(layout.yaxis, data, "y") + (layout.yaxis.title?.text ? TITLE_ROOM : 0), half(layout.xaxis.ticktext?.[0])),
    b: 12 + 16 * mostLines(layout.xaxis) + (layout.xaxis.title?.text ? TITLE_ROOM : 0),
  }
}

// The first label of the axis below stands under its beginning: half of it lies to the left.
function half(label) {
  return label ? (TICK_SIZE * textWidth(label.split("<br>")[0])) / 2 : 0
}

function mostLines(axis) {
  return Math.max(1, ...(axis.ticktext ?? []).map(text => text.split("<br>").length))
}

function widestLabel(axis, data, letter) {
  if (axis.visible === false || axis.showticklabels === false) return 0
  if (axis.ticktext) return Math.max(0, ...axis.ticktext.map(text => textWidth(text)))
  const values = [...(axis.range ?? []), ...data.flatMap(trace => (Array.isArray(trace[letter]) ? trace[letter] : []))]
  return Math.max(1, ...values.map(value => labelWidth(value, axis)))
}

// A range of a few units has ticks between whole numbers.
function isNarrow({ range }) {
  return Array.isArray(range) && range[1] - range[0] < 5
}

function labelWidth(value, axis) {
  if (typeof value !== "number") return textWidth(String(value ?? ""))
  const decimals = Number(/\.(\d)%/.exec(axis.tickformat ?? "")?.[1] ?? 0)
  const figures = axis.tickformat?.includes("%") ? String(Math.round(value * 100)).length + 2.4 + decimals : Math.round(value).toLocaleString().length + (Math.abs(value) < 10 || isNarrow(axis) ? 2 : 0)
  return figures * 0.53 + textWidth(axis.ticksuffix ?? "")
}

// As many of the axis labels as fit side by side, the last always among them.
function thinned(axis, width) {
  if (axis.tickmode !== "array" || !axis.ticktext) return axis
  const longest = Math.max(...axis.ticktext.map(text => textWidth(text)), 1)
  const step = Math.ceil((axis.ticktext.length * (longest * TICK_SIZE + TICK_GAP)) / Math.max(width, 1))
  const kept = (one, at, all) => (all.length - 1 - at) % step === 0
  return { ...axis, tickangle: 0, tickvals: axis.tickvals.filter(kept), ticktext: axis.ticktext.filter(kept) }
}
