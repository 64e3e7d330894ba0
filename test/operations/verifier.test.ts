/** A closed ticket and a configured verifier: what it says decides whether the section becomes done. */

import { expect, test } from "vitest";
import { LOCAL_CONFIG, makeProject, type Project } from "../harness/project.ts";
import type { Plan } from "../../src/core/model/plan.ts";

const SPEC = "# Payments\n\n## Key generation\n\n- [ ] Unique\n\n## Expiry\n";

async function closed(script: string): Promise<Project> {
  const on = await makeProject({ "specs/payments.md": SPEC, "verify.sh": script }, `${LOCAL_CONFIG}verify: { command: "sh ./verify.sh" }\n`);
  await on.apply();
  const desk = await on.desk();
  await desk.close("PAY-1", "done");
  await desk.end();
  return on;
}

function pulledStatus({ changes }: Plan): readonly unknown[] {
  return changes.flatMap(({ pulled }) => pulled.flatMap(({ field, note }) => (field === "status" ? [note] : [])));
}

test("it is asked about the closed section only, and its yes makes that done", async () => {
  const on = await closed(`cat >> asked; echo '{"verdict":"verified","evidence":[{"path":"src/keys.ts","lines":"12"}]}'`);
  const plan = await on.plan({ direction: "back" });
  expect(pulledStatus(plan)).toEqual(["verified"]);
  expect(plan.questions).toEqual([]);
  const asked: unknown = JSON.parse(await on.read("asked"));
  expect(asked).toMatchObject({
    format: 1,
    address: "specs/payments.md#key-generation",
    title: "Key generation",
    ticket: { key: "PAY-1", status: "Done" },
    criteria: [{ text: "Unique", checked: false }],
    commit: null,
  });
});

test.each([
  [`echo '{"verdict":"refuted","evidence":[],"message":"No test covers it."}'`, "the verifier does not find it in the code: No test covers it."],
  [`echo '{"verdict":"unknown","evidence":[{"path":"src/keys.ts","lines":"1-9"}]}'`, "the verifier cannot tell whether it is in the code: src/keys.ts:1-9."],
  ["echo no such tool >&2; exit 2", "the verifier ended with exit code 2: no such tool. Run the command of verify: by hand to see why."],
  ["echo fine", 'the verifier printed something that is not one JSON document ("fine").'],
])("what is not a yes is a question: %s", async (script, words) => {
  const on = await closed(script);
  const plan = await on.plan({ direction: "back" });
  expect(pulledStatus(plan)).toEqual([]);
  expect(plan.questions).toMatchObject([{ kind: "unverified", key: "PAY-1", text: expect.stringContaining(words) }]);
});
