/** Stops a test run on too old a Node with the reason, instead of hundreds of syntax errors. Plain JavaScript: Node 18 must be able to read it. */

const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 22)) {
  console.error(`Canon needs Node 22.22 or newer; this is ${process.versions.node}.`);
  console.error("Run `npm ci` here without --ignore-scripts: it brings Node 24 along (dev dependency `node`), and npm and npx then use that one.");
  process.exit(1);
}
