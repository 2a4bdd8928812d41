// The button that prints the page. Charts are drawn for the width of the screen: before the browser's dialog opens, the
// board takes the width of the sheet, so that they are drawn anew for it.
const SHEET = "qa-sheet";
const REDRAWN_MS = 400;

export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => {
    document.body.classList.add(SHEET);
    addEventListener("afterprint", () => document.body.classList.remove(SHEET), { once: true });
    setTimeout(() => window.print(), REDRAWN_MS);
  };
}
