// @vitest-environment node
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { annotate, askHealth, askToken } from "../src/background/service";
import { isLocal, originsOf, readServer } from "../src/background/settings";
import { wire } from "./wire";

let server: Server | undefined;
const page = { url: "https://post.example/", html: "<p>one</p>" };

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((listening) => server!.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answering(status: number, body: unknown): RequestListener {
  return (request, response) => {
    const health = request.url === "/healthz";
    response.writeHead(health ? 200 : status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(health ? { name: "Backstory", version: "0.1.0", api: 1 } : body));
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

afterEach(() => server?.close());

describe("a page", () => {
  test("is sent as the wire wants it, with the token where there is one", async () => {
    let seen: unknown;
    const address = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        seen = { method: request.method, path: request.url, token: request.headers.authorization, body: JSON.parse(body) as unknown };
        response.end(JSON.stringify(wire("annotation-page")));
      });
    });

    const answer = await annotate({ server: address, token: "t" }, page);

    expect(answer.ok && answer.document.items).toHaveLength(13);
    expect(seen).toMatchObject({ method: "POST", path: "/api/annotations", token: "Bearer t", body: page });
    expect((seen as { body: { read_at: string } }).body.read_at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test.each([
    [401, "token"],
    [413, "toolarge"],
    [422, "noarticle"],
    [429, "busy"],
    [503, "unavailable"],
    [500, "refused"],
  ])("that is answered with %i is %s", async (status, kind) => {
    const address = await serve(answering(status, { detail: "It said so." }));

    const answer = await annotate({ server: address, token: "" }, page);

    expect(answer).toMatchObject({ ok: false, trouble: { kind } });
  });

  test("that is refused for another reason carries the service's words", async () => {
    const address = await serve(answering(400, { detail: "`url` is missing" }));

    expect(await annotate({ server: address, token: "" }, page)).toEqual({ ok: false, trouble: { kind: "refused", named: "`url` is missing" } });
  });

  test("that is answered with something else shows another version", async () => {
    const address = await serve(answering(200, { type: "Other" }));

    expect(await annotate({ server: address, token: "" }, page)).toMatchObject({ ok: false, trouble: { kind: "version" } });
  });

  test("meets nobody where nothing listens", async () => {
    const address = await serve(() => undefined);
    await new Promise((closed) => server!.close(closed));

    expect(await annotate({ server: address, token: "" }, page)).toEqual({
      ok: false,
      trouble: { kind: "unreachable", named: address.slice("http://".length) },
    });
  });

  test("meets something that is no Backstory", async () => {
    const address = await serve((_, response) => response.end("<h1>Hello</h1>"));

    expect(await annotate({ server: address, token: "" }, page)).toMatchObject({ ok: false, trouble: { kind: "foreign" } });
  });
});

describe("health", () => {
  test.each([
    [{ name: "Backstory", version: "0.1.0", api: 1 }, { ok: true, version: "0.1.0" }],
    [{ name: "Backstory", version: "9.0.0", api: 2 }, { ok: false, trouble: { kind: "version" } }],
    [{ name: "Other", api: 1 }, { ok: false, trouble: { kind: "foreign" } }],
    [[], { ok: false, trouble: { kind: "foreign" } }],
  ])("of %j", async (health, found) => {
    const address = await serve((_, response) => response.end(JSON.stringify(health)));

    expect(await askHealth({ server: address, token: "" })).toMatchObject(found);
  });
});

test.each([
  ["right", "right"],
  ["wrong", "wrong"],
])("a token that is %s is found %s", async (token, verdict) => {
  const address = await serve((request, response) => {
    response.writeHead(request.headers.authorization === "Bearer right" ? 200 : 401).end("{}");
  });

  expect(await askToken({ server: address, token })).toBe(verdict);
});

test("a service that wants no token says so", async () => {
  const address = await serve((_, response) => response.end("{}"));

  expect(await askToken({ server: address, token: "any" })).toBe("open");
});

describe("an address", () => {
  test.each([
    ["http://127.0.0.1:8478", "http://127.0.0.1:8478"],
    [" 127.0.0.1:8478/ ", "http://127.0.0.1:8478"],
    ["https://home.example/backstory/", "https://home.example/backstory"],
    ["HTTPS://Home.Example", "https://home.example"],
    ["http://user:secret@home.example/?a=b#c", "http://home.example"],
    ["", null],
    ["javascript:alert(1)", null],
    ["ftp://home.example", null],
    ["a b", null],
  ])("typed as %j is %j", (typed, server) => {
    expect(readServer(typed)).toBe(server);
  });

  test("on this computer needs no permission", () => {
    expect(["http://127.0.0.1:1", "http://localhost", "http://[::1]:2"].every(isLocal)).toBe(true);
    expect(["http://192.168.0.2", "http://127.0.0.1.evil.example", "https://localhost.example"].some(isLocal)).toBe(false);
  });

  test("elsewhere is asked for alone, whatever its port", () => {
    expect(originsOf("https://home.example:8443/backstory")).toEqual(["https://home.example/*"]);
  });
});
