/** What answers in a vendor's place, or does not: gateways, cut answers, another host, nothing at all; and a clock that is wrong. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkRules } from "../cli/transcript.ts";
import type { WireFaultKind } from "../emulators/kit/wire.ts";
import { emulatedConfig } from "./emulated-project.ts";
import { startVendor, VENDOR_NAMES } from "./emulated-vendors.ts";
import { flat, secretOf, shellIn, vendorShell } from "./vendor-shell.ts";

describe.each(VENDOR_NAMES)("%s", { timeout: 90_000 }, (name) => {
  test.each<[string, WireFaultKind, RegExp]>([
    ["a page of a gateway", "html", /502/],
    ["an answer that is cut", "garbage", /cannot be read|is none of Linear's|has another form than Azure's/],
    [
      "a redirect to another host",
      "redirect",
      /answered with a redirect to elsewhere\.invalid, and credentials are never sent to another host\. If that is the right address, set it as base_url/,
    ],
  ])("%s instead of an answer: one error with its reason, and nothing is written", async (_what, kind, words) => {
    const shell = vendorShell(await startVendor(name));
    const { vendor } = shell;
    const before = shell.spec();
    vendor.setFaults(Array.from({ length: 20 }, (_, index) => ({ operation: "any", nth: index + 1, kind })));
    const ran = await shell.canon("apply", "--auto-approve");
    checkRules(["apply"], ran);
    expect(ran.exitCode).toBe(1);
    expect(flat(ran)).toMatch(words);
    expect(flat(ran).split(words)).toHaveLength(2);
    expect(flat(ran)).toContain(`main (${vendor.system} ${vendor.project}): `);
    expect([shell.spec(), vendor.people.keys()]).toEqual([before, []]);
    expect(ran.out + ran.err).not.toContain(vendor.credentials[secretOf(vendor)]);
  });

  test("a base_url that leads elsewhere, and one where nothing listens", async () => {
    const seen: string[] = [];
    const stranger = createServer((request, response) => {
      seen.push(JSON.stringify(request.headers));
      response.end("{}");
    });
    const gate = createServer((_request, response) => response.writeHead(307, { location: `http://localhost:${portOf(stranger)}/login` }).end());
    for (const server of [stranger, gate]) await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => void stranger.close());
    const vendor = await startVendor(name);
    const url = `http://127.0.0.1:${portOf(gate)}`;
    const shell = vendorShell(vendor, { config: emulatedConfig(vendor).replaceAll(vendor.url, url) });
    expect(flat(await shell.canon("plan"))).toContain("answered with a redirect to localhost:");
    expect(seen).toEqual([]);
    await new Promise((closed) => gate.close(closed));
    const ran = await shell.canon("plan");
    checkRules(["plan"], ran);
    expect(ran.exitCode).toBe(1);
    expect(flat(ran)).toContain("127.0.0.1:12345 cannot be reached: nothing listens there. Check the address and the network");
  });

  test("a network that goes in the middle of apply: what was made is kept, the rest is in doubt, and the rerun says why it cannot go on", async () => {
    const vendor = await startVendor(name);
    const shell = vendorShell(vendor, { more: ", settle: 1s" });
    let creates = 0;
    vendor.hook({
      first: () => {
        creates = vendor.requests.filter(({ operation }) => operation === "create").length;
        if (creates > 0) vendor.setFaults([{ operation: "any", nth: 1, kind: "die-before" }]);
      },
    });
    const ran = await shell.canon("apply", "--auto-approve");
    checkRules(["apply"], ran);
    expect([5, 8]).toContain(ran.exitCode);
    expect(flat(ran)).toMatch(/The connection to 127\.0\.0\.1:12345 broke: the other side closed it\./);
    expect(flat(ran)).toMatch(/next: canon apply carries on where run [0-9a-f]{4} stopped/);
    await vendor.close();
    const again = await shell.canon("apply", "--auto-approve");
    expect([flat(again).includes("cannot be reached: nothing listens there."), again.exitCode]).toEqual([true, 1]);
  });

  test("a create whose answer is lost and that is found again: what waited for it is not told that it was not created", async () => {
    const vendor = await startVendor(name);
    const shell = vendorShell(vendor, { more: ", settle: 1s" });
    vendor.setFaults([{ operation: "create", nth: 1, kind: "drop-answer" }]);
    const ran = await shell.canon("apply", "--auto-approve");
    expect(ran.exitCode).toBe(5);
    expect(flat(ran)).toMatch(/[12] created · 1 not tried/);
    expect(flat(ran)).not.toContain("was not created");
    expect(flat(ran)).toContain("Nothing was heard of the ticket of specs/a.md#keys when its turn came.");
    expect((await shell.canon("apply", "--auto-approve")).exitCode).toBe(0);
  });

  test("a clock that is days off changes nothing but how long ago things seem", async () => {
    for (const off of [-3, 3]) {
      const vendor = await startVendor(name);
      vendor.clock.advance(off * 86_400_000);
      const shell = vendorShell(vendor);
      expect(await shell.canon("apply", "--auto-approve")).toMatchObject({ err: "", exitCode: 0 });
      vendor.clock.advance(60_000);
      shell.edit((text) => text.replace("Often.", "Daily."));
      expect(flat(await shell.canon("apply", "--auto-approve"))).toContain("1 updated");
      vendor.clock.advance(60_000);
      expect((await shellIn(shell.folder, vendor, {}).canon("plan", "--exit-code")).exitCode).toBe(0);
    }
  });
});

function portOf(server: ReturnType<typeof createServer>): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
