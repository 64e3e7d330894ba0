/** Asks one address with the network of this process's environment, and prints what came of it: certificates and proxies are set once per process. */

import { systemClock } from "../../../src/io/clock.ts";
import { HttpFailure } from "../../../src/io/http/http-failure.ts";
import { openHttp } from "../../../src/io/http/http.ts";
import { prepareNetwork } from "../../../src/io/http/network.ts";
import { PLAIN_RATES } from "../../../src/io/http/rate-rules.ts";
import { silentLog } from "../../../src/io/log.ts";

try {
  const settings = prepareNetwork(process.env);
  const http = openHttp({ name: "x", clock: systemClock, log: silentLog, rates: PLAIN_RATES, deadline: 3_000, concurrency: 1 });
  const { status, text } = await http.send({ method: "POST", url: process.argv[2] ?? "", headers: {}, writes: true });
  process.stdout.write(JSON.stringify({ status, text, settings }));
} catch (error) {
  if (!(error instanceof HttpFailure)) throw error;
  process.stdout.write(JSON.stringify({ message: error.message, hint: error.hint, state: error.state }));
}
