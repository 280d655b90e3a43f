/** What a page's head says about its article: title, dates, authors, publisher, structured data. */

import { escaped } from "./snapshot";

// Names under which articles are described; anything else in a head (tokens, verifications, tracking) stays here.
const DESCRIBES =
  /^(og|article|twitter|dc|dcterms?|parsely|sailthru|citation|book|news|cxenseparse|bt)[:._-]|date|author|byl|publish|modified|headline|description|title|keywords|language|site_name|^robots$/i;
const SECRET = /csrf|xsrf|token|nonce|verif|session|secret|auth(?!or)/i;

// A site's whole menu can stand in its structured data; an article's own fits many times over.
const MAX_JSON_LD = 200_000;
const MAX_META = 2_000;

export function writeHead(page: Document): string {
  const title = `<title>${escaped(page.title)}</title>`;
  return `<head>${title}${metas(page)}${canonical(page)}${structuredData(page)}</head>`;
}

function metas(page: Document): string {
  return [...page.querySelectorAll("meta[content]")]
    .flatMap((meta) => {
      const [key, name] = nameOf(meta);
      if (!DESCRIBES.test(name) || SECRET.test(name)) return [];
      const content = (meta.getAttribute("content") ?? "").slice(0, MAX_META);
      return [`<meta ${key}="${escaped(name)}" content="${escaped(content)}">`];
    })
    .join("");
}

function nameOf(meta: Element): [string, string] {
  for (const key of ["property", "name", "itemprop"]) {
    const name = meta.getAttribute(key);
    if (name) return [key, name];
  }
  return ["name", ""];
}

function canonical(page: Document): string {
  const link = page.querySelector<HTMLLinkElement>('link[rel~="canonical"][href]');
  return link ? `<link rel="canonical" href="${escaped(link.href)}">` : "";
}

/** JSON-LD as it stands: a script's text is closed by nothing but its end tag, which it cannot hold. */
function structuredData(page: Document): string {
  let room = MAX_JSON_LD;
  return [...page.querySelectorAll('script[type="application/ld+json" i]')]
    .map((script) => script.textContent ?? "")
    .filter((json) => (room -= json.length) >= 0)
    .map((json) => `<script type="application/ld+json">${json.replace(/<\//g, "<\\/")}</script>`)
    .join("");
}
