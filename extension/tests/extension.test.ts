// @vitest-environment node
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import english from "../_locales/en/messages.json";
import manifest from "../manifest.json";
import { TROUBLES } from "../src/protocol";

const HERE = join(import.meta.dirname, "..");
const sources = readdirSync(join(HERE, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(ts|html)$/.test(name))
  .map((name) => [name, readFileSync(join(HERE, "src", name), "utf8")] as const);

describe("what the extension may do", () => {
  test("is no more than its purpose takes", () => {
    expect(manifest.permissions).toEqual(["activeTab", "contextMenus", "scripting", "storage"]);
    expect(manifest).not.toHaveProperty("host_permissions");
    expect(manifest).not.toHaveProperty("content_scripts");
    expect(manifest).not.toHaveProperty("web_accessible_resources");
  });

  test("is told in docs/permissions.md, each with its reason", () => {
    const told = readFileSync(join(HERE, "../docs/permissions.md"), "utf8");

    for (const name of [...manifest.permissions, "optional_host_permissions"]) expect(told).toContain(`\`${name}\``);
  });

  test.each(sources)("%s never has words read as markup or code", (_, source) => {
    expect(source).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment/);
  });

  test("is to ask the service from one place alone", () => {
    const asking = sources.filter(([, source]) => /\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket/.test(source)).map(([name]) => name);

    expect(asking.sort()).toEqual(["background/service.ts", "page/main.ts"]);
  });
});

describe("who knows whom", () => {
  const imports = sources.map(([name, source]) => [name, [...source.matchAll(/from "(\.[^"]+)"/g)].map(([, path]) => path ?? "")] as const);
  const importsOf = (folder: string): string[] => imports.filter(([name]) => name.startsWith(`${folder}/`)).flatMap(([, paths]) => paths);

  test("anchoring and overlay never import one another", () => {
    expect(importsOf("anchoring").filter((path) => path.includes("overlay"))).toEqual([]);
    expect(importsOf("overlay").filter((path) => path.includes("anchoring"))).toEqual([]);
  });

  test("quotes are found without a page", () => {
    const [, source] = sources.find(([name]) => name === "anchoring/quote.ts")!;

    expect(source).not.toMatch(/\b(document|Range|Node|Element)\b/);
  });
});

describe("messages", () => {
  const keys = Object.keys(english);
  const locales = readdirSync(join(HERE, "_locales"));

  test.each(locales)("%s has them all, with the same places to fill in", (locale) => {
    const messages = JSON.parse(readFileSync(join(HERE, "_locales", locale, "messages.json"), "utf8")) as typeof english;
    const places = (text: string): string[] => [...new Set(text.match(/\$\d/g))].sort();

    expect(Object.keys(messages).sort()).toEqual([...keys].sort());
    for (const key of keys as (keyof typeof english)[]) expect(places(messages[key].message)).toEqual(places(english[key].message));
  });

  test("are all used somewhere", () => {
    const written = [...sources.map(([, source]) => source), JSON.stringify(manifest)].join("\n");
    const stems = /^(card|relation|abstained|trouble|linked|dates|earlier|copies|more|list_abstained)_/;

    expect(keys.filter((key) => !stems.test(key) && !written.includes(key))).toEqual([]);
  });

  test("name every trouble", () => {
    expect(TROUBLES.filter((kind) => !keys.includes(`trouble_${kind}`))).toEqual([]);
  });

  test("have names that browsers take", () => {
    expect(keys.filter((key) => !/^[A-Za-z0-9_]+$/.test(key))).toEqual([]);
  });
});

describe("what is built", () => {
  const [first, second] = [0, 1].map(() => {
    const folder = mkdtempSync(join(tmpdir(), "backstory-"));
    execFileSync(process.execPath, [join(HERE, "build.mjs"), folder]);
    return folder;
  }) as [string, string];
  afterAll(() => [first, second].forEach((folder) => rmSync(folder, { recursive: true })));
  const built = (browser: string): typeof manifest =>
    JSON.parse(readFileSync(join(first, browser, "manifest.json"), "utf8")) as typeof manifest;

  test("has each browser's own manifest", () => {
    expect(built("chromium").background).toEqual({ service_worker: "background.js" });
    expect(built("firefox").background).toEqual({ scripts: ["background.js"] });
    expect(built("chromium")).not.toHaveProperty("browser_specific_settings");
    expect(built("firefox")).not.toHaveProperty("minimum_chrome_version");
  });

  test("is packed for each browser, the same bytes each time", () => {
    for (const name of ["backstory-chromium.zip", "backstory-firefox.zip"]) {
      expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name)))).toBe(true);
    }
  });

  test("holds a script for our own pages", () => {
    expect(existsSync(join(first, "page/overlay.js"))).toBe(true);
  });
});
