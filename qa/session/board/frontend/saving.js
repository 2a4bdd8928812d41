// Handing a file to the browser to save.

export function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

// A title as the name of a file.
export function fileName(title, ending) {
  return `${title.replace(/[\\/:*?"<>|\s]+/g, "_") || "table"}.${ending}`
}
