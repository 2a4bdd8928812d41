// The button that prints the page: the browser's own dialog, on the sheet that print.css makes of it.
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => window.print();
}
