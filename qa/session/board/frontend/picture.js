// A chart as a PNG file, with its title, in the colours shown and with the page's fonts.
import { colour } from "./colours.js"
import { embeddedFonts } from "./fonts.js"
import { fileName, save } from "./saving.js"

const SCALE = 2
const TITLE_HEIGHT = 40
const LEGEND_HEIGHT = 50
const PROBE_HEIGHT = 24
const PATIENCE_MS = 4000

// Draws the figure again as an SVG, gives it the fonts, turns it into a PNG and hands that to the browser to save.
export async function downloadPicture(library, { data, layout }, title, mode) {
  const size = { width: layout.width, height: layout.height + TITLE_HEIGHT + (layout.showlegend ? LEGEND_HEIGHT : 0) }
  const titled = { ...layout, ...size, ...framed(layout, title, mode) }
  const address = await library.toImage({ data, layout: titled }, { format: "svg", ...size })
  const markup = decodeURIComponent(address.slice(address.indexOf(",") + 1))
  const blob = await toPng(markup, await embeddedFonts(layout.font.family, markup), size)
  save(blob, fileName(title, "png"))
}

function framed({ margin, showlegend }, title, mode) {
  const top = TITLE_HEIGHT + (showlegend ? LEGEND_HEIGHT : 0)
  return {
    paper_bgcolor: colour("surface", mode),
    margin: { ...margin, t: margin.t + top, l: Math.max(margin.l, 16), r: Math.max(margin.r, 16), b: margin.b + 8 },
    title: { text: title, x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { l: 16, t: 12 }, font: { size: 16 } },
  }
}

async function toPng(markup, fonts, size) {
  const image = new Image()
  const address = URL.createObjectURL(new Blob([withProbes(markup, fonts, size)], { type: "image/svg+xml" }))
  image.src = address
  await image.decode()
  await fontsDrawn(image, fonts, size)
  const canvas = Object.assign(document.createElement("canvas"), { width: size.width * SCALE, height: size.height * SCALE })
  const { width, height } = size
  canvas.getContext("2d").drawImage(image, 0, 0, width, height, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(address)
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"))
}

// Below the picture, outside of what is saved, one character in each font: the fonts of an SVG image load after the
// image says that it is complete, and these tell when.
function withProbes(markup, fonts, { width, height }) {
  const probes = fonts.map(({ family, sample }, at) => `<text x="${at * 30}" y="${height + 18}" font-size="18" font-family="${family}">${sample}</text>`)
  const rules = fonts.map(font => font.rule).join("")
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + PROBE_HEIGHT}"><style>${rules}</style>${markup}${probes.join("")}</svg>`
}

async function fontsDrawn(image, fonts, { height }) {
  const canvas = Object.assign(document.createElement("canvas"), { width: fonts.length * 30 || 1, height: PROBE_HEIGHT })
  const pencil = canvas.getContext("2d", { willReadFrequently: true })
  const deadline = performance.now() + PATIENCE_MS
  const isDrawn = at => pencil.getImageData(at * 30, 0, 30, PROBE_HEIGHT).data.some(channel => channel > 0)
  do {
    pencil.drawImage(image, 0, height, canvas.width, PROBE_HEIGHT, 0, 0, canvas.width, PROBE_HEIGHT)
    if (fonts.every((font, at) => isDrawn(at))) return
    await new Promise(resolve => setTimeout(resolve, 30))
  } while (performance.now() < deadline)
}
