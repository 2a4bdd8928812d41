// A workbook of plain sheets: the few parts of Office Open XML that a table needs, in a ZIP without compression.
import { textWidth } from "./dom.js"

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
export const XLSX_TYPE = `${CONTENT}.sheet`

// The workbook as a blob; a sheet is {name, rows}, its first row the heading; numbers stay numbers.
export function workbook(sheets) {
  const parts = sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, worksheet(sheet.rows)])
  const files = [
    ["[Content_Types].xml", contentTypes(sheets.length)],
    ["_rels/.rels", relations([[`${OFFICE}/officeDocument`, "xl/workbook.xml"]])],
    ["xl/workbook.xml", book(sheets)],
    ["xl/_rels/workbook.xml.rels", relations([...sheets.map((_sheet, at) => [`${OFFICE}/worksheet`, `worksheets/sheet${at + 1}.xml`]), [`${OFFICE}/styles`, "styles.xml"]])],
    ["xl/styles.xml", styles()],
    ...parts,
  ]
  return new Blob(zip(files.map(([name, text]) => [name, new TextEncoder().encode(HEAD + text)])), { type: XLSX_TYPE })
}

function contentTypes(count) {
  const sheets = Array.from({ length: count }, (_one, at) => override(`/xl/worksheets/sheet${at + 1}.xml`, "worksheet+xml"))
  const parts = [override("/xl/workbook.xml", "sheet.main+xml"), override("/xl/styles.xml", "styles+xml"), ...sheets]
  const defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults}${parts.join("")}</Types>`
}

function override(name, type) {
  return `<Override PartName="${name}" ContentType="${CONTENT}.${type}"/>`
}

function relations(targets) {
  const lines = targets.map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`)
  return `<Relationships xmlns="${RELATIONS}">${lines.join("")}</Relationships>`
}

function book(sheets) {
  const lines = sheets.map((sheet, at) => `<sheet name="${escaped(sheetName(sheet.name))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${lines.join("")}</sheets></workbook>`
}

// At most 31 characters, none of those that a sheet's name cannot have.
function sheetName(name) {
  return name.replace(/[\\/?*[\]:']/g, " ").trim().slice(0, 31) || "1"
}

function styles() {
  const fonts = '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
  const fills = '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
  const borders = '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
  return `<styleSheet xmlns="${MAIN}">${fonts}${fills}${borders}<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`
}

function worksheet(rows) {
  const widths = rows[0].map((_head, at) => Math.min(60, 2 + 1.9 * Math.max(...rows.slice(0, 200).map(row => textWidth(String(row[at] ?? ""))))))
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width.toFixed(1)}" customWidth="1"/>`)
  const view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  const lines = rows.map((row, at) => `<row>${row.map(value => cell(value, at === 0)).join("")}</row>`)
  return `<worksheet xmlns="${MAIN}">${view}<cols>${columns.join("")}</cols><sheetData>${lines.join("")}</sheetData></worksheet>`
}

function cell(value, isHead) {
  if (value === null || value === "") return "<c/>"
  if (typeof value === "number") return `<c><v>${value}</v></c>`
  return `<c t="inlineStr"${isHead ? ' s="1"' : ""}><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

function escaped(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[<>&"]/g, letter => `&#${letter.charCodeAt(0)};`)
}

// The files stored one after the other, then their directory. All numbers are little-endian.
function zip(files) {
  const bodies = []
  const directory = []
  let offset = 0
  for (const [name, bytes] of files) {
    const label = new TextEncoder().encode(name)
    const facts = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, label.length], [2, 0]]
    const local = record([[4, 0x04034b50], ...facts])
    bodies.push(local, label, bytes)
    directory.push(record([[4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), label)
    offset += local.length + label.length + bytes.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = record([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]])
  return [...bodies, ...directory, end]
}

function record(fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += width
  }
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum
})

function crc32(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) sum = CRC_TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8)
  return (sum ^ 0xffffffff) >>> 0
}
