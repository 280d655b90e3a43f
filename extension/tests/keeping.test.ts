// @vitest-environment node
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keepAsked, keepRead } from "../src/background/keeping";
import { annotate } from "../src/background/service";
import type { Settings } from "../src/background/settings";
import type { Answer } from "../src/protocol";
import { wire } from "./wire";

const PAGE = { url: "https://post.example/bridge", html: "<p>one</p>" };
const document = wire<{ article: Record<string, unknown> }>("annotation-page");

/** A service that annotates every page alike, and writes down what it is told to keep. */
class Service {
  settings: Settings = { server: "", token: "t", keep: true };
  article: Record<string, unknown> = document.article;
  status = 200;
  refused: unknown[] = [];
  readonly kept: { type: string | undefined; token: string | undefined; body: string }[] = [];
  readonly #server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      if (request.url === "/api/articles") {
        this.kept.push({ type: request.headers["content-type"], token: request.headers.authorization, body });
      }
      const said: Record<string, unknown> = {
        "/healthz": { name: "Backstory", version: "0.1.0", api: 1 },
        "/api/annotations": { ...document, article: this.article },
        "/api/articles": { added: 1, replaced: 0, unchanged: 0, refused: this.refused },
      };
      response.writeHead(request.url === "/api/articles" ? this.status : 200);
      response.end(JSON.stringify(said[request.url ?? ""] ?? {}));
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    this.settings = { ...this.settings, server: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}` };
  }

  close(): void {
    this.#server.close();
  }

  read(page = PAGE): Promise<Answer> {
    return annotate(this.settings, page);
  }
}

let service: Service;

beforeEach(async () => {
  const remembered: Record<string, unknown> = {};
  const session = {
    get: (key: string) => Promise.resolve({ [key]: remembered[key] }),
    set: (values: object) => Promise.resolve(void Object.assign(remembered, values)),
  };
  vi.stubGlobal("chrome", { storage: { session } });
  service = new Service();
  await service.start();
});
afterEach(() => {
  service.close();
  vi.unstubAllGlobals();
});

describe("an article that was read", () => {
  test("is kept as it was seen, on one line, with the day that it tells", async () => {
    expect(await keepRead(service.settings, PAGE, await service.read(), false)).toBe(true);

    const [kept] = service.kept;
    expect(kept).toMatchObject({ type: "application/x-ndjson", token: "Bearer t" });
    expect(kept?.body.match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(kept?.body ?? "")).toEqual({ ...PAGE, published: document.article["datePublished"] });
  });

  test("is not kept unless that was asked for", async () => {
    const settings = { ...service.settings, keep: false };

    expect(await keepRead(settings, PAGE, await service.read(), false)).toBe(false);
    expect(service.kept).toEqual([]);
  });

  test("is not kept from a private window", async () => {
    expect(await keepRead(service.settings, PAGE, await service.read(), true)).toBe(false);
    expect(service.kept).toEqual([]);
  });

  test("is kept once, however often it is read", async () => {
    const answer = await service.read();
    const atOnce = await Promise.all([1, 2, 3].map(() => keepRead(service.settings, PAGE, answer, false)));

    expect(atOnce.filter(Boolean)).toHaveLength(1);
    expect(await keepRead(service.settings, PAGE, answer, false)).toBe(false);
    expect(await keepRead(service.settings, { ...PAGE, url: "https://post.example/ferry" }, answer, false)).toBe(true);
    expect(service.kept).toHaveLength(2);
  });

  test("is kept the next time where it could not be", async () => {
    const answer = await service.read();
    service.status = 503;
    expect(await keepRead(service.settings, PAGE, answer, false)).toBe(false);
    service.status = 200;

    expect(await keepRead(service.settings, PAGE, answer, false)).toBe(true);
  });

  test.each(["read_at", "unknown"])("is left to tell its own day where that was taken from %s", async (datePublishedFrom) => {
    service.article = { ...document.article, datePublishedFrom };

    await keepRead(service.settings, PAGE, await service.read(), false);

    expect(JSON.parse(service.kept[0]?.body ?? "")).toEqual(PAGE);
  });

  test.each(["list", "gallery", "video", "none"])("is none where the page is a %s", async (pageKind) => {
    service.article = { ...document.article, pageKind };

    expect(await keepRead(service.settings, PAGE, await service.read(), false)).toBe(false);
    expect(service.kept).toEqual([]);
  });

  test("is none where the service refused the page", async () => {
    const refused: Answer = { ok: false, trouble: { kind: "noarticle", named: "" } };

    expect(await keepRead(service.settings, PAGE, refused, false)).toBe(false);
    expect(service.kept).toEqual([]);
  });
});

describe("a page that the reader asks to keep", () => {
  test("is kept, whatever Options say, and again where it is asked for again", async () => {
    const settings = { ...service.settings, keep: false };

    expect(await keepAsked(settings, PAGE)).toEqual({ ok: true });
    expect(await keepAsked(settings, PAGE)).toEqual({ ok: true });
    expect(service.kept).toHaveLength(2);
  });

  test("is not kept where it is no article", async () => {
    service.article = { ...document.article, pageKind: "list" };

    expect(await keepAsked(service.settings, PAGE)).toMatchObject({ ok: false, trouble: { kind: "noarticle" } });
    expect(service.kept).toEqual([]);
  });

  test("says why where the archive will not have it", async () => {
    service.refused = [{ line: 1, reason: "nothing in its html tells when it came out" }];

    expect(await keepAsked(service.settings, PAGE)).toEqual({
      ok: false,
      trouble: { kind: "refused", named: "nothing in its html tells when it came out" },
    });
  });

  test("says why where the service will not", async () => {
    service.status = 401;

    expect(await keepAsked(service.settings, PAGE)).toMatchObject({ ok: false, trouble: { kind: "token" } });
  });
});
