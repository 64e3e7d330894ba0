/** A private authority and a proxy: in force when the environment names them, named when they fail. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { x } from "tinyexec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loopback } from "./server.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "canon-ca-"));
  const openssl = (...args: readonly string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Acme Root");
  openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "host.key", "-out", "host.csr", "-subj", "/CN=jira.acme.example");
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  openssl("x509", "-req", "-in", "host.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-out", "host.pem", "-extfile", "names");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/proxy|^CANON_|^NODE_EXTRA_CA/i.test(name)));
  const child = await x(process.execPath, [join(import.meta.dirname, "network-child.ts"), url], {
    nodeOptions: { env: { ...clean, ...env }, ...{ extendEnv: false } },
  });
  return JSON.parse(child.stdout);
}

async function secureServer(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer({ key: readFileSync(join(folder, "host.key")), cert: readFileSync(join(folder, "host.pem")) }, (_, response) =>
    response.end("private"),
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `https://127.0.0.1:${portOf(server.address())}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("a private authority", () => {
  it("is refused with what to set, and trusted once CANON_CA_BUNDLE names it", async () => {
    const server = await secureServer();
    try {
      expect(await ask(server.url, {})).toMatchObject({
        state: "unsent",
        message: expect.stringMatching(/certificate is refused/),
        hint: expect.stringContaining("CANON_CA_BUNDLE"),
      });
      const file = join(folder, "ca.pem");
      expect(await ask(server.url, { CANON_CA_BUNDLE: file })).toMatchObject({ status: 200, text: "private", settings: { authorities: { file, count: 1 } } });
    } finally {
      server.close();
    }
  });

  it("in a file that is missing or holds none is told with its name", async () => {
    const missing = join(folder, "none.pem");
    expect(await ask("http://127.0.0.1:1/", { CANON_CA_BUNDLE: missing })).toMatchObject({
      message: `CANON_CA_BUNDLE names ${missing}, which cannot be read (ENOENT).`,
    });
    const empty = join(folder, "names");
    expect(await ask("http://127.0.0.1:1/", { CANON_CA_BUNDLE: empty })).toMatchObject({
      message: `CANON_CA_BUNDLE names ${empty}, which holds no certificate.`,
    });
  });
});

describe("a proxy", () => {
  it("takes the requests, unless NO_PROXY names the host", async () => {
    const target = await loopback((_, response) => response.end("through"));
    const asked: string[] = [];
    const proxy = createPlainServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("by proxy");
    });
    proxy.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      const [host, port] = (request.url ?? "").split(":");
      const onward = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        onward.pipe(socket);
        socket.pipe(onward);
      });
    });
    await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
    const address = `http://dana:pw@127.0.0.1:${portOf(proxy.address())}`;
    try {
      expect(await ask(target.url, { HTTP_PROXY: address })).toMatchObject({ status: 200, settings: { proxy: address.replace("dana:pw@", "") } });
      expect(asked).toHaveLength(1);
      expect(await ask(target.url, { HTTP_PROXY: address, NO_PROXY: "127.0.0.1" })).toMatchObject({ status: 200, text: "through" });
      expect(asked).toHaveLength(1);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it("that is not there is named, not the host behind it", async () => {
    const gone = createPlainServer();
    await new Promise<void>((listening) => gone.listen(0, "127.0.0.1", listening));
    const host = `127.0.0.1:${portOf(gone.address())}`;
    const url = `http://${host}`;
    await new Promise((closed) => gone.close(closed));
    const failed = { message: `jira.acme.example cannot be reached by way of the proxy ${host}: nothing listens there.`, state: "unsent" };
    expect(await ask("https://jira.acme.example/", { HTTPS_PROXY: url })).toMatchObject(failed);
    expect(await ask("http://jira.acme.example/", { HTTP_PROXY: url })).toMatchObject(failed);
    expect(await ask(url, {})).toMatchObject({ message: `${host} cannot be reached: nothing listens there.` });
  });
});
