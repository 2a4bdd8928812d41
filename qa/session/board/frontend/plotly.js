// Plotly, loaded once a page from our own server; the file's name carries its version, so browsers may keep it.

let loading = null

// Plotly when it is here, else null: a caller that has it can draw in this very frame.
export function plotlyNow() {
  return window.qbPlotly ?? null
}

// A promise of Plotly. Another library's window.Plotly is left as it was.
export function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    const before = window.Plotly
    const script = document.createElement("script")
    script.src = SETTINGS.plotlyUrl
    script.onload = () => {
      window.qbPlotly = window.Plotly
      rememberArrays(window.qbPlotly.PlotSchema)
      if (before) window.Plotly = before
      resolve(window.qbPlotly)
    }
    script.onerror = () => {
      loading = null
      reject(new Error(SETTINGS.plotlyUrl))
    }
    document.head.append(script)
  })
  return loading
}

// At each drawing Plotly walks through its whole schema to find out which attributes of a trace are arrays: a quarter of the
// time of a line chart. The answer depends on the trace's type and on where it holds arrays, nothing else.
function rememberArrays(schema) {
  const find = schema.findArrayAttributes
  const found = new Map()
  schema.findArrayAttributes = trace => {
    const kind = `${trace.type} ${arraysIn(trace)}`
    if (!found.has(kind)) found.set(kind, find(trace))
    return [...found.get(kind)]
  }
}

function arraysIn(record, place = "") {
  return Object.keys(record)
    .filter(name => name[0] !== "_")
    .map(name => arraysAt(record[name], `${place}.${name}`))
    .join("")
}

function arraysAt(value, place) {
  if (isRecord(value)) return ArrayBuffer.isView(value) ? place : arraysIn(value, place)
  if (!Array.isArray(value)) return ""
  return value.some(isRecord) ? `${place}[${value.map(part => arraysAt(part, place))}]` : place
}

export function isRecord(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value)
}
