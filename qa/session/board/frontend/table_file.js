// What is seen of a table as rows of plain values, and as CSV.
import { word } from "./words.js"

// Headings and rows as shown: `at` has the places of the columns, `shown` the rows. A column of figures gives the figures
// themselves, unrounded, one of words what is read; marks and small print stand in columns of their own.
export function seen({ columns, marks }, at, shown) {
  const parts = at.flatMap(place => partsOf(columns[place], place, shown, marks))
  return { heads: parts.map(part => part.head), rows: shown.map(row => parts.map(part => part.value(row[1][part.place]))) }
}

function partsOf([, label, , kind], place, shown, marks) {
  const cells = shown.map(row => row[1][place])
  const isFigures = !WORDS.includes(kind) && cells.some(cell => typeof cell[1] === "number") && cells.every(cell => isFigure(cell))
  const parts = []
  const hasMarks = cells.some(cell => cell[3])
  if (isFigures || !hasMarks || cells.some(cell => cell[0])) {
    parts.push({ head: label, place, value: isFigures ? cell => cell[1] ?? null : cell => (cell[0] === NOTHING ? null : cell[0]) })
  }
  if (hasMarks) parts.push({ head: parts.length ? `${label} · ${word("mark")}` : label, place, value: cell => (cell[3] ? marks[cell[3] - 1][1] : "") })
  if (cells.some(cell => cell[2])) parts.push({ head: `${label} · ${word("note")}`, place, value: cell => cell[2] ?? "" })
  return parts
}

// What a table shows where nothing is known; a file leaves that empty.
const NOTHING = "-"

// Kinds of columns whose values only put them in order.
const WORDS = ["text", "words"]

// A figure, or nothing: a cell whose value cannot be told from its text holds words.
function isFigure([text, value]) {
  return typeof value === "number" || ((value === null || value === undefined) && (text === NOTHING || text === ""))
}

// Text that begins like this is a formula to a spreadsheet, whoever wrote it.
const FORMULA = /^[=+\-@\t\r]/

// CSV in UTF-8 with a byte order mark, by which spreadsheets know it.
export function csv({ heads, rows }) {
  return `\ufeff${[heads, ...rows].map(row => row.map(field).join(",")).join("\r\n")}\r\n`
}

function field(value) {
  if (value === null) return ""
  if (typeof value === "number") return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
