// The button that prints the page: the browser's own dialog, for which the board makes itself ready (printing.js).
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button")
  button.textContent = data.label
  button.onclick = () => print()
}
