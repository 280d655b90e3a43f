import { describe, expect, test } from "vitest";
import { readBlocks } from "../src/anchoring/blocks";
import { PageText } from "../src/anchoring/page-text";
import { wire } from "./wire";

interface Case {
  name: string;
  html: string;
  text: string;
}

function read(html: string): PageText {
  document.body.innerHTML = html;
  return new PageText(readBlocks(document.body));
}

const lettersOf = (words: string): string[] => [...words];

describe("the page's text, as the service reads it", () => {
  test.each(wire<Case[]>("text-model"))("$name", ({ html, text }) => {
    expect(read(html).text).toBe(text);
  });
});

describe("the way back to the page", () => {
  test.each(wire<Case[]>("text-model"))("every stretch of words is found again: $name", ({ html }) => {
    const page = read(html);
    for (const { 0: words, index } of page.text.matchAll(/[^\s]+/gu)) {
      const found = page.rangeOf({ start: index, end: index + words.length })?.toString() ?? "";
      // What the text leaves out (hyphens without width, a ruby's reading) lies in the range as in the page.
      expect([found.charAt(0), found.at(-1)]).toEqual([words.charAt(0), words.at(-1)]);
      expect(lettersOf(found)).toEqual(expect.arrayContaining(lettersOf(words)));
    }
  });

  test("a stretch over several nodes takes in all of them", () => {
    const page = read("<p>the  <em> Aurelia</em>&shy; sank</p>");
    const start = page.text.indexOf("Aurelia");

    expect(page.rangeOf({ start, end: start + "Aurelia sank".length })?.toString()).toBe("Aurelia\u00ad sank");
  });

  test("an element's text is that of all inside it", () => {
    const page = read("<p>before</p><section><p>one</p><p>two</p></section><p>after</p>");
    const stretch = page.within(document.querySelector("section")!);

    expect(page.text.slice(stretch!.start, stretch!.end)).toBe("one\n\ntwo");
    expect(page.within(document.createElement("p"))).toBeNull();
  });

  test("a shadow tree is read in place of what it hides", () => {
    document.body.innerHTML = "<p>one</p><x-part><p>two</p></x-part>";
    const shadow = document.querySelector("x-part")!.attachShadow({ mode: "open" });
    shadow.innerHTML = "<p>before</p><slot></slot>";

    const page = new PageText(readBlocks(document.body));

    expect(page.text).toBe("one\n\nbefore\n\ntwo");
    expect(page.rangeOf({ start: 5, end: page.text.length })).toBeNull();
  });

  test("what a reader is writing is not read", () => {
    expect(read('<p>one</p><div contenteditable="true">my draft</div>').text).toBe("one");
  });

  test("a page nested without end is read as far as people nest", () => {
    const page = read("<p>one</p>");
    let at = document.body.appendChild(document.createElement("div"));
    for (let depth = 0; depth < 600; depth++) at = at.appendChild(document.createElement("div"));
    at.append("too deep");

    expect(new PageText(readBlocks(document.body)).text).toBe(page.text);
  });
});
