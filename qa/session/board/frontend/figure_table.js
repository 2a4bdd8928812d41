// The data of a figure as a table, for who cannot or does not want to read the chart.
import { make } from "./dom.js"
import { word } from "./words.js"

// One row a place on the category axis, one column a trace; traces that only help the eye (meta "helper") are left out.
export function figureTable(figure, body) {
  const traces = figure.data.filter(trace => trace.meta !== "helper")
  const sideways = traces.some(trace => trace.orientation === "h")
  const axis = (sideways ? figure.layout.yaxis : figure.layout.xaxis) ?? {}
  const places = [...new Set(traces.flatMap(trace => [...list(sideways ? trace.y : trace.x)]))]
  if (sideways) places.reverse()
  const names = new Map(list(axis.tickvals).map((value, at) => [value, list(axis.ticktext)[at]]))
  const labels = figure.layout.meta?.labels ?? {}
  const head = make("tr", "", heading(axis.title?.text || word("point")), ...traces.map(trace => heading(trace.name || body.title)))
  const rows = places.map(place => {
    const cells = traces.map(trace => make("td", "qb-right", valueAt(trace, place, sideways)))
    const name = make("th", "", String(labels[place] ?? names.get(place) ?? place))
    name.scope = "row"
    return make("tr", "", name, ...cells)
  })
  const table = make("table", "qb-plain", make("caption", "qb-unseen", body.title), make("thead", "", head), make("tbody", "", ...rows))
  const scroller = make("div", "qb-scroller", table)
  scroller.tabIndex = 0
  scroller.style.maxHeight = `${Math.max(body.height, 160)}px`
  return scroller
}

function heading(text) {
  const cell = make("th", "", text)
  cell.scope = "col"
  return cell
}

function valueAt(trace, place, sideways) {
  const at = list(sideways ? trace.y : trace.x).indexOf(place)
  if (at < 0) return ""
  if (Array.isArray(trace.text) && trace.text[at]) return trace.text[at]
  const value = list(sideways ? trace.x : trace.y)[at]
  return typeof value === "number" ? value.toLocaleString() : String(value ?? "-")
}

// Plotly takes arrays also as {bdata, dtype}; our own builders send lists, and a scalar counts as one.
function list(value) {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
