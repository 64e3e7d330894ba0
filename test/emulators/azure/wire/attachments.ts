/** Files: uploaded first, then named by an AttachedFile relation. Kept as text: the kit hands over UTF-8, and Canon writes nothing else. */

import { createHash } from "node:crypto";
import type { WireAnswer } from "../../kit/wire.ts";
import { AzureRefusal, badRequest } from "./azure-refusal.ts";
import type { Call } from "./call.ts";

const LARGEST = 60 * 1024 * 1024;

export function postAttachment({ world, request, collection }: Call): WireAnswer {
  if (!(request.headers["content-type"] ?? "").toLowerCase().startsWith("application/octet-stream")) {
    throw new AzureRefusal(415, "VssRequestContentTypeNotSupportedException", "Valid content types for this method are: application/octet-stream.");
  }
  if (request.text.length > LARGEST) throw badRequest("The attachment is larger than 60 MB.", "WorkItemAttachmentExceedsMaxSizeException");
  const fileName = request.query.get("fileName") ?? "attachment";
  const hex = createHash("sha256").update(`${world.attachments.size}`).digest("hex");
  const id = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
  world.attachments.set(id, { id, fileName, text: request.text });
  return { status: 200, body: { id, url: `${collection}/_apis/wit/attachments/${id}?fileName=${encodeURIComponent(fileName)}` } };
}

export function getAttachment({ world, values }: Call): WireAnswer {
  const found = world.attachments.get((values["id"] ?? "").toLowerCase());
  if (found === undefined) throw new AzureRefusal(404, "AttachmentNotFoundException", `The attachment ${values["id"] ?? ""} does not exist.`);
  return {
    status: 200,
    headers: { "content-type": "application/octet-stream", "content-disposition": `attachment; filename="${encodeURIComponent(found.fileName)}"` },
    body: found.text,
  };
}
