// The rows of a table: which are shown, and in which order.

// Of what comes column by column: a row is [key, cells], a cell [text, sort value, detail, mark's number from 1]. What a column has none of is null.
export function rowsOf({ keys, by_column: columns }) {
  return keys.map((key, at) => [key, columns.map(([texts, sorts, details, marks]) => [texts[at], sorts?.[at], details?.[at], marks?.[at]])])
}

export function arrange({ rows, columns, marks }, { query, only, sortBy, descending }) {
  const kept = only.size ? marked(rows, columns, marks, only) : rows
  const found = query ? matching(kept, marks, query.toLowerCase()) : kept
  const at = columns.findIndex(column => column[0] === sortBy)
  if (at < 0) return found
  const keyed = found.map(row => [sortKey(row[1][at], columns[at][3], marks), row])
  keyed.sort(([left], [right]) => compare(left, right, descending))
  return keyed.map(([, row]) => row)
}

// The rows that have, in each of the columns named in `only`, one of the marks named for it.
function marked(rows, columns, marks, only) {
  const wanted = columns.flatMap(([key], at) => (only.has(key) ? [[at, only.get(key)]] : []))
  return rows.filter(row => wanted.every(([at, texts]) => texts.has(marks[row[1][at][3] - 1]?.[1])))
}

function matching(rows, marks, needle) {
  const found = new Set(marks.flatMap((mark, at) => (mark[1].toLowerCase().includes(needle) ? [at + 1] : [])))
  return rows.filter(row => row[1].some(cell => found.has(cell[3]) || cell[0].toLowerCase().includes(needle)))
}

// Numbers sort by their value alone; words by their sort value or else by what is read.
function sortKey(cell, kind, marks) {
  if (kind === "number") return cell[1] ?? null
  return cell[1] ?? (cell[0] || marks[cell[3] - 1]?.[1] || null)
}

// Nothing comes last in either direction.
function compare(left, right, descending) {
  if (left === null || right === null) return (left === null) - (right === null)
  const order = typeof left === "number" && typeof right === "number" ? left - right : collator.compare(left, right)
  return descending ? -order : order
}

// Chinese by pinyin, numbers inside words by size.
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true })
