// Overlays take the place of the cards that the page was drawn with: at once, so that nothing jumps, and only where
// the browser can draw them. Where none come, what the page was drawn with is shown again.
(() => {
  const root = document.documentElement;
  if (!("highlights" in CSS)) return;
  root.classList.add("overlaid");

  const isUnderlined = (name) =>
    CSS.highlights.get(name).size > 0 && getComputedStyle(document.body, `::highlight(${name})`).textDecorationLine === "underline";

  // Before the overlays are drawn: they come with the deferred script.
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    // In a small window an open card would hide what it is about.
    if (!matchMedia("(min-width: 640px) and (min-height: 600px)").matches) {
      document.querySelector("[data-backstory-open]")?.removeAttribute("data-backstory-open");
    }
  });

  // After them.
  document.addEventListener("DOMContentLoaded", () => {
    const dates = document.querySelectorAll(".date[title]");
    const hasMarks = document.querySelector("article .claim, article .date") !== null;
    if (hasMarks && ![...CSS.highlights.keys()].some(isUnderlined)) root.classList.remove("overlaid");
    else for (const date of dates) date.removeAttribute("title");
  });
})();
