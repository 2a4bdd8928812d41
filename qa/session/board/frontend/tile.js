// A tile: one headline number with what is needed to judge it.
import { make, makeMark, setAttribute, setMark, setText } from "./dom.js"
import { plainView, setToolbar } from "./toolbar.js"
import { makeSparkline, setSparkline } from "./sparkline.js"
import { word } from "./words.js"

export function makeTile(key, send) {
  const at = {
    label: make("h3", "qb-tile-label"),
    toolbar: make("div", "qb-toolbar"),
    value: make("span", "qb-value"),
    unit: make("span", "qb-unit"),
    mark: makeMark("qb-verdict"),
    target: make("span", "qb-fact"),
    interval: make("span", "qb-fact"),
    n: make("span", "qb-fact"),
    change: make("span", "qb-change"),
    changeMark: makeMark(),
    note: make("p", "qb-caption"),
  }
  const spark = makeSparkline()
  const element = make(
    "section", "qb-card qb-tile",
    make("header", "qb-head", at.label, at.toolbar),
    make("div", "qb-tile-figure", make("span", "qb-number", at.value, at.unit), at.mark),
    make("div", "qb-facts", at.target, at.interval, at.n),
    spark.element,
    make("div", "qb-tile-change", at.change, at.changeMark),
    at.note,
  )
  const handlers = {
    proof: () => send("proof", key),
    open: () => send("open", key),
  }
  return { ...plainView(element), update: body => update(at, spark, element, body, handlers) }
}

function update(at, spark, element, body, handlers) {
  setAttribute(element, "data-width", body.width)
  setAttribute(element, "aria-label", body.label)
  for (const name of ["label", "value", "unit", "n", "change", "note"]) setText(at[name], body[name])
  setText(at.target, body.target ? `${word("target")} ${body.target}` : "")
  setText(at.interval, body.interval)
  setAttribute(at.interval, "title", body.interval ? word("interval") : null)
  setMark(at.mark, body.mark)
  setMark(at.changeMark, body.change_mark)
  setSparkline(spark, body.sparkline)
  setToolbar(at.toolbar, body.actions, handlers, body.label)
}
