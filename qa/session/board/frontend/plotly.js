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
