/** The one way to a vendor: what is tried again, what never is, and what each failure says. */

import { describe, expect, it } from "vitest";
import { openLog } from "../../../src/io/log.ts";
import { makeRedactor } from "../../../src/io/redact.ts";
import { PLAIN_RATES } from "../../../src/io/http/rate-rules.ts";
import { closedPort, httpWith, loopback, read, timedClock, write } from "./server.ts";

describe("a read", () => {
  it("is tried again when a gateway fails, and gives up after the third time", async () => {
    let left = 2;
    const server = await loopback((_, response) => response.writeHead(left-- > 0 ? 502 : 200).end("fine"));
    expect(await httpWith().send(read(server.url))).toMatchObject({ status: 200, text: "fine" });
    left = 9;
    expect(await httpWith().send(read(server.url))).toMatchObject({ status: 502 });
    expect(server.seen).toHaveLength(6);
  });

  it("is tried again when the connection breaks, and says so in the end", async () => {
    const server = await loopback((request) => request.socket.destroy());
    await expect(httpWith().send(read(`${server.url}/x`))).rejects.toMatchObject({
      state: "unknown",
      message: expect.stringMatching(/^The connection to 127\.0\.0\.1:\d+ broke/),
    });
    expect(server.seen).toHaveLength(3);
  });

  it("waits for a limit as long as it is told, in sight", async () => {
    let turn = 0;
    const server = await loopback((_, response) => (turn++ === 0 ? response.writeHead(429, { "retry-after": "7" }).end() : response.writeHead(200).end("ok")));
    const clock = timedClock();
    const waits: number[] = [];
    expect(await httpWith({ clock, onWait: (seconds) => waits.push(seconds) }).send(read(server.url))).toMatchObject({ status: 200 });
    expect(waits).toEqual([7]);
    expect(clock.slept).toEqual([7_000]);
  });

  it("does not wait for an hour: the caller hears of it", async () => {
    const server = await loopback((_, response) => response.writeHead(429, { "retry-after": "3600" }).end());
    await expect(httpWith().send(read(server.url))).rejects.toMatchObject({ state: "unsent", retryAfter: 3600 });
    expect(server.seen).toHaveLength(1);
  });
});

describe("a write", () => {
  it("is sent once, whatever comes back", async () => {
    for (const status of [429, 500, 502, 503]) {
      const server = await loopback((_, response) => response.writeHead(status).end("no"));
      expect(await httpWith().send(write(server.url))).toMatchObject({ status });
      expect(server.seen).toEqual(["POST /"]);
    }
  });

  it("that broke off, or got no answer in time, may have been carried out", async () => {
    const broken = await loopback((request) => request.socket.destroy());
    await expect(httpWith().send(write(broken.url))).rejects.toMatchObject({ state: "unknown" });
    const silent = await loopback(() => undefined);
    await expect(httpWith({ deadline: 50 }).send(write(silent.url))).rejects.toMatchObject({
      state: "unknown",
      message: expect.stringContaining("no answer within"),
    });
    const halfway = await loopback((_, response) => void response.writeHead(200, { "content-length": "10" }).write("abc"));
    await expect(httpWith({ deadline: 50 }).send(write(halfway.url))).rejects.toMatchObject({ state: "unknown" });
    for (const server of [broken, silent, halfway]) expect(server.seen).toHaveLength(1);
  });

  it("that nobody took was never sent", async () => {
    const server = await loopback(() => undefined);
    await expect(httpWith().send(write(await closedPort()))).rejects.toMatchObject({
      state: "unsent",
      message: expect.stringContaining("nothing listens there"),
    });
    await expect(httpWith().send(write("http://no-such-host.invalid/"))).rejects.toMatchObject({
      state: "unsent",
      hint: expect.stringContaining("HTTPS_PROXY"),
    });
    expect(server.seen).toEqual([]);
  });

  it("is held back while a limit lasts, and told for how long", async () => {
    const server = await loopback((_, response) => response.writeHead(429, { "retry-after": "30" }).end());
    const clock = timedClock();
    const http = httpWith({ clock });
    await http.send(write(server.url));
    await expect(http.send(write(server.url))).rejects.toMatchObject({
      state: "unsent",
      retryAfter: 30,
      message: "The limit of requests is reached for another 30 s.",
    });
    await clock.sleep(30_000);
    await http.send(write(server.url));
    expect(server.seen).toHaveLength(2);
  });

  it("is held back when the last answer said that none are left", async () => {
    const server = await loopback((_, response) => response.writeHead(200, { "x-left": "0" }).end());
    const http = httpWith({ rates: { ...PLAIN_RATES, exhausted: ({ headers }) => (headers.get("x-left") === "0" ? 12 : null) } });
    await http.send(write(server.url));
    await expect(http.send(write(server.url))).rejects.toMatchObject({ retryAfter: 12 });
  });

  it("that creates more than a minute takes is held back until there is room", async () => {
    const server = await loopback((_, response) => response.writeHead(201).end());
    const clock = timedClock();
    const http = httpWith({ clock, rates: { ...PLAIN_RATES, creations: [{ within: 60_000, most: 5 }] } });
    await http.send(write(server.url, 3));
    await clock.sleep(10_000);
    await http.send(write(server.url, 2));
    await expect(http.send(write(server.url, 1))).rejects.toMatchObject({ retryAfter: 50 });
    await expect(http.send(write(server.url, 5))).rejects.toMatchObject({ retryAfter: 60 });
    await clock.sleep(50_000);
    await http.send(write(server.url, 3));
    // What creates nothing is not counted.
    await http.send(write(server.url));
    expect(server.seen).toHaveLength(4);
  });
});

describe("a redirect", () => {
  it("within the host is followed by a read, and answered to a write", async () => {
    const server = await loopback((request, response) =>
      request.url === "/old" ? response.writeHead(301, { location: "/new" }).end() : response.writeHead(200).end("here"),
    );
    expect(await httpWith().send(read(`${server.url}/old`))).toMatchObject({ status: 200, text: "here" });
    expect(await httpWith().send(write(`${server.url}/old`))).toMatchObject({ status: 301 });
  });

  it("to another host gets no credentials", async () => {
    const thief = await loopback((_, response) => response.writeHead(200).end());
    const server = await loopback((_, response) => response.writeHead(302, { location: `${thief.url}/steal` }).end());
    await expect(httpWith().send({ ...read(server.url), headers: { authorization: "Bearer secret" } })).rejects.toMatchObject({
      message: expect.stringContaining("credentials are never sent to another host"),
      hint: expect.stringContaining("base_url"),
    });
    expect(thief.seen).toEqual([]);
  });
});

it("no more requests than allowed are under way at the same time", async () => {
  let [now, most] = [0, 0];
  const server = await loopback((_, response) => {
    most = Math.max(most, (now += 1));
    setTimeout(() => {
      now -= 1;
      response.writeHead(200).end();
    }, 20);
  });
  let sent = 0;
  const http = httpWith({ concurrency: 3, onSend: () => (sent += 1) });
  await Promise.all(Array.from({ length: 9 }, () => http.send(read(server.url))));
  expect(most).toBe(3);
  expect(sent).toBe(9);
});

it("the log tells of each request, and of no secret", async () => {
  const server = await loopback((_, response) => response.writeHead(200).end());
  const lines: string[] = [];
  const log = openLog("http", makeRedactor(["tok-canary-1"]), (line) => lines.push(line));
  await httpWith({ log }).send({
    ...read(`${server.url}/issue/tok-canary-1?key=tok-canary-1`),
    headers: { authorization: "Bearer tok-canary-1" },
    about: "read 3",
  });
  expect(lines.join("")).toMatch(/^canon http: engineering \(jira ENG\) GET \/issue\/‹hidden› read 3: 200, \d+ ms\n$/);
});
