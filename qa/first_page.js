// Plotly's script, begun when the browser is idle for the first time; `plotly.js` of the board waits for this very element.
{
  const { src } = document.currentScript.dataset
  const begin = () => {
    const script = document.createElement("script")
    script.src = src
    script.onload = () => (script.dataset.done = "true")
    script.onerror = () => (window.qbPlotlyScript = null)
    window.qbPlotlyScript = script
    document.head.append(script)
  }
  const whenIdle = window.requestIdleCallback ?? setTimeout
  addEventListener("load", () => whenIdle(begin))
}
