import { beforeEach, expect, test } from "vitest";
import { takeSnapshot } from "../src/snapshot/snapshot";

function page(body: string, head = ""): ReturnType<typeof takeSnapshot> {
  document.head.innerHTML = head;
  document.body.innerHTML = body;
  return takeSnapshot(document);
}

function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html");
}

beforeEach(() => document.documentElement.removeAttribute("lang"));

test("every block with text of its own is numbered, and found again by its number", () => {
  const { html, numbered } = page("<main><p>one</p><div>two<p>three</p></div><div> </div></main>");

  expect(html).toContain('<main><p data-block="1">one</p><div data-block="2">two<p data-block="3">three</p></div><div> </div></main>');
  expect([...numbered.values()].map(({ localName }) => localName)).toEqual(["p", "div", "p"]);
});

test("the page itself is only read", () => {
  const before = '<main><p class="a">one</p></main>';
  page(before);

  expect(document.body.innerHTML).toBe(before);
});

test("what tells an article from its surroundings is kept, and nothing else", () => {
  const { html } = page('<p class="lead" id="x" itemprop="articleBody" data-user="7" onclick="spy()" style="color: red">one</p>');

  expect(html).toContain('<p class="lead" id="x" itemprop="articleBody" data-block="1">one</p>');
});

test("links keep their queries, which tell articles apart, and lose their fragments", () => {
  const { html } = page('<p>one <a href="/a?id=42&p=2#b">two</a> <a href="?x">three</a> <a href="#y">four</a></p>');

  expect(html).toContain('<a href="/a?id=42&amp;p=2">two</a> <a href="?x">three</a> <a href="#">four</a>');
  expect(page(`<p>one <a href="/a?${"b".repeat(400)}">two</a></p>`).html).toContain('<a href="#">two</a>');
});

test("text and attributes cannot end what they stand in", () => {
  document.body.replaceChildren(document.createElement("p"));
  document.body.firstElementChild!.textContent = '</p><script>alert("x")</script>&amp;';
  document.body.firstElementChild!.className = '"><script>';
  const copy = parsed(takeSnapshot(document).html);

  expect(copy.querySelector("script")).toBeNull();
  expect(copy.querySelector("p")?.textContent).toBe('</p><script>alert("x")</script>&amp;');
  expect(copy.querySelector("p")?.className).toBe('"><script>');
});

test("controls, drafts and hidden things stay where they are", () => {
  const { html } = page(
    '<p>one</p><form><input value="secret"><textarea>my letter</textarea></form><p hidden>two</p><div contenteditable="">draft</div><p style="visibility: hidden">three</p>',
  );

  expect(html).not.toMatch(/secret|letter|two|draft|three/);
});

test("pictures and films leave a mark without an address", () => {
  expect(page('<figure><img src="https://tracker.example/pixel?me"><figcaption>A pier</figcaption></figure>').html).toContain("<figure><img><figcaption");
});

test("a span that stands as a block is one in the snapshot too", () => {
  const { html, numbered } = page('<div><span style="display: block">one</span><span style="display: block">two</span></div>');

  expect(html).toContain('<div data-block="1"><span>one</span></div><div data-block="2"><span>two</span></div>');
  expect(numbered.get("2")?.textContent).toBe("two");
});

test("a drop cap is part of its word", () => {
  const { html } = page('<p><span style="display: block; float: left">T</span>he pier</p>');

  expect(html).toContain('<p data-block="1"><span>T</span>he pier</p>');
});

test("the head says what the article is, and keeps what is nobody's business", () => {
  const { html } = page(
    "<p>one</p>",
    `<title>A pier &amp; more</title><link rel="canonical" href="https://post.example/pier">
    <meta property="article:published_time" content="2026-03-14"><meta name="author" content="Ines">
    <meta name="csrf-token" content="secret-1"><meta name="google-site-verification" content="secret-2">
    <meta name="viewport" content="width=device-width"><script>var secret3</script>
    <script type="application/ld+json">{"datePublished": "2026-03-14", "a": "</p>"}</script>`,
  );
  const copy = parsed(html);

  expect(copy.title).toBe("A pier & more");
  expect([...copy.querySelectorAll("meta")].map((meta) => meta.content)).toEqual(["2026-03-14", "Ines"]);
  expect(copy.querySelector<HTMLLinkElement>("link")?.href).toBe("https://post.example/pier");
  expect(JSON.parse(copy.querySelector("script")?.textContent ?? "")).toEqual({ datePublished: "2026-03-14", a: "</p>" });
  expect(html).not.toContain("secret");
});

test("the page's language goes with it", () => {
  document.documentElement.lang = "de";

  expect(page("<p>eins</p>").html).toContain('<html lang="de">');
});

test("times keep their instants", () => {
  expect(page('<p><time datetime="2026-03-14T07:30">today</time></p>').html).toContain('<time datetime="2026-03-14T07:30">today</time>');
});
