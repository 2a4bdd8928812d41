// The fonts that the page loads itself, as rules with the files inside: an SVG drawn as an image sees no others.

// One {family, rule, sample} for each of the families that the markup needs; families of the system are not among them.
export async function embeddedFonts(families, markup) {
  const chinese = /[\u2e80-\u9fff]/.test(markup)
  const wanted = fontFaces().filter(({ rule }) => {
    const family = familyOf(rule)
    return families.includes(family) && isRegular(rule) && (chinese || !isChinese(rule))
  })
  return (await Promise.all(wanted.map(embedded))).filter(Boolean)
}

function fontFaces() {
  return [...document.styleSheets].flatMap(sheet => {
    try {
      const rules = [...sheet.cssRules].filter(rule => rule instanceof CSSFontFaceRule)
      return rules.map(rule => ({ rule, base: sheet.href ?? document.baseURI }))
    } catch {
      return [] // the style sheet of an extension, closed to us
    }
  })
}

function familyOf(rule) {
  return rule.style.getPropertyValue("font-family").trim().replace(/^["']|["']$/g, "")
}

function isRegular(rule) {
  const [least, most = least] = (rule.style.getPropertyValue("font-weight") || "400").replace("normal", "400").split(" ").map(Number)
  return rule.style.getPropertyValue("font-style") !== "italic" && least <= 400 && most >= 400
}

function isChinese(rule) {
  return rule.style.getPropertyValue("unicode-range").toUpperCase().includes("U+2E80")
}

async function embedded({ rule, base }) {
  const found = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"))
  const answer = found && (await fetch(new URL(found[1], base)))
  if (!answer?.ok) return null
  const family = familyOf(rule)
  const file = await asDataUrl(await answer.blob())
  return { family, sample: isChinese(rule) ? "口" : "H", rule: `@font-face{font-family:"${family}";src:url(${file})}` }
}

function asDataUrl(blob) {
  return new Promise(resolve => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.readAsDataURL(blob)
  })
}
