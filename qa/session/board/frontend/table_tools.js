// What a viewer can do to a table: choose its columns, show only rows with certain marks, save what is seen.
import { make } from "./dom.js"
import { command, menuHeading, openMenu, tick } from "./menu.js"
import { fileName, save } from "./saving.js"
import { csv, seen } from "./table_file.js"
import { XLSX_TYPE, workbook } from "./xlsx.js"
import { word } from "./words.js"

// Which columns a viewer hid, by table, null before anything was chosen: kept for as long as the page of the browser lives.
const remembered = new Map()

export function columnChoice(key) {
  if (!remembered.has(key)) remembered.set(key, { hidden: null })
  return remembered.get(key)
}

// The places of the columns to show; all of them when everything that is left was hidden.
export function columnsShown({ columns }, hidden) {
  const places = columns.map((_column, at) => at)
  const left = places.filter(at => !hidden.has(columns[at][0]))
  return left.length ? left : places
}

// The places of the first columns that fit into the room, two at least. All in em.
export function columnsFitting(ems, room) {
  let used = 0
  return ems.flatMap((width, at) => ((used += width) <= room || at < 2 ? [at] : []))
}

// The actions a table offers beside its own.
export function toolActions(body) {
  if (!body.tools || !body.rows.length) return []
  return [...(markedColumns(body).length ? ["only"] : []), "columns", "save"]
}

export function columnsMenu(table, button, redraw) {
  const { columns } = table.body
  const shown = new Set(table.at)
  const lines = columns.map(([, label], at) => tick(label, shown.has(at), () => choose()))
  const boxes = lines.map(line => line.firstChild)
  const choose = () => {
    table.choice.hidden = new Set(columns.flatMap(([key], at) => (boxes[at].checked ? [] : [key])))
    guardLast()
    redraw()
  }
  const guardLast = () => {
    const left = boxes.filter(box => box.checked)
    for (const box of boxes) box.disabled = left.length === 1 && box.checked
  }
  guardLast()
  const all = command(word("columns_all"), () => {
    table.choice.hidden = new Set()
    redraw()
  })
  const fitting = command(word("columns_fitting"), () => {
    table.choice.hidden = null
    redraw()
  })
  openMenu(button, table.card.element, word("columns"), [...lines, make("hr", "qb-menu-rule"), all, fitting])
}

export function onlyMenu(table, button, redraw) {
  const { only } = table.order
  const content = markedColumns(table.body).flatMap(([key, label, texts]) => {
    const turn = (text, on) => {
      const chosen = only.get(key) ?? new Set()
      chosen[on ? "add" : "delete"](text)
      if (chosen.size) only.set(key, chosen)
      else only.delete(key)
      redraw()
    }
    return [menuHeading(label), ...texts.map(text => tick(text, Boolean(only.get(key)?.has(text)), on => turn(text, on)))]
  })
  openMenu(button, table.card.element, word("only"), content)
}

// The columns in which some rows have a mark and others another or none, each with the marks there are.
function markedColumns({ columns, rows, marks }) {
  return columns.flatMap(([key, label], at) => {
    const found = new Set(rows.map(row => row[1][at][3] ?? 0))
    const texts = [...new Set([...found].filter(Boolean).map(mark => marks[mark - 1][1]))]
    return found.size > 1 && texts.length ? [[key, label, texts]] : []
  })
}

export function saveMenu(table, button) {
  const title = table.body.title || document.title
  const asCsv = () => save(new Blob([csv(seen(table.body, table.at, table.shown))], { type: "text/csv" }), fileName(title, "csv"))
  const asXlsx = () => save(new Blob([workbook(sheets(table, title))], { type: XLSX_TYPE }), fileName(title, "xlsx"))
  openMenu(button, table.card.element, word("save"), [command(word("save_csv"), asCsv), command(word("save_xlsx"), asXlsx)])
}

// The table, and on a sheet of its own what it is.
function sheets(table, title) {
  const { body, at, shown, order } = table
  const { heads, rows } = seen(body, at, shown)
  const hints = at.map(place => body.columns[place]).filter(column => column[4]).map(column => [column[1], column[4]])
  const only = [...order.only.values()].flatMap(texts => [...texts])
  const notes = [
    [word("table"), title],
    [word("caption"), body.caption],
    [word("rows_shown"), word(shown.length === body.rows.length ? "rows_all" : "rows", { shown: shown.length, all: body.rows.length })],
    [word("filter"), [order.query, ...only].filter(Boolean).join(" · ")],
    [word("link"), location.href],
    ...hints,
  ]
  return [{ name: title, rows: [heads, ...rows] }, { name: word("about"), rows: notes.filter(([, text]) => text) }]
}
