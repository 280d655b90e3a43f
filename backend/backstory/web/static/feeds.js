// While feeds arrive, the list is asked for anew and put in the old one's place; never under the reader's hands.
(() => {
  const everyMs = 3000;

  const list = () => document.getElementById("list-of-feeds");

  const put = (fresh) => {
    const old = list();
    if (!fresh || old.contains(document.activeElement) || old.querySelector("details[open]")) return;
    // The line that is read aloud stays where it is, so that only its words change.
    const [said, saying] = [old.querySelector("#sum"), fresh.querySelector("#sum")];
    const next = document.importNode(fresh, true);
    if (said && saying) {
      if (said.textContent !== saying.textContent) said.replaceChildren(...document.importNode(saying, true).childNodes);
      next.querySelector("#sum").replaceWith(said);
    }
    old.replaceWith(next);
  };

  const look = () => {
    if (!list()?.hasAttribute("data-arriving")) return;
    const asked = new XMLHttpRequest();
    asked.open("GET", location.href);
    asked.responseType = "document";
    asked.addEventListener("load", () => put(asked.status === 200 && asked.response?.getElementById("list-of-feeds")));
    asked.addEventListener("loadend", () => setTimeout(look, everyMs));
    asked.send();
  };

  setTimeout(look, everyMs);
})();
