// The texts of the board's own controls, as the last message brought them in the viewer's language.

let current = {}

export function setWords(words) {
  const changed = current.open !== undefined && JSON.stringify(current) !== JSON.stringify(words)
  current = words
  return changed
}

// The text named so, with {placeholders} filled.
export function word(name, values = {}) {
  return filled(current[name] ?? name, values)
}

// A text with its {placeholders} filled.
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
}
