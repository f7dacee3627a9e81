// Prints skipped tests with their reasons and failed ones by name, then the closing line "N passed, N failed".
import { readFileSync } from "node:fs";
import { existsSync } from "node:fs";

const trx = readFileSync(process.argv[2], "utf8");
const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"')
  .replace(/&apos;/g, "'").replace(/&#xD;/g, "").replace(/&#xA;/g, " ").replace(/&amp;/g, "&");
let passed = 0;
let failed = 0;
let skipped = 0;
let dataSkipped = 0;
const dataIsThere = existsSync("../shared/data");
for (const [, head, body] of trx.matchAll(/<UnitTestResult ([^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
  const outcome = /outcome="(\w+)"/.exec(head)?.[1];
  const name = unescape(/testName="([^"]*)"/.exec(head)?.[1] ?? "?");
  if (outcome === "Passed") {
    passed++;
  } else if (outcome === "NotExecuted") {
    const reason = unescape(/<Message>([\s\S]*?)<\/Message>/.exec(body ?? "")?.[1] ?? "").trim();
    if (reason.startsWith("by hand:")) {
      continue;
    }

    skipped++;
    dataSkipped += dataIsThere && reason.includes("shared/data") ? 1 : 0;
    console.log(`skipped: ${name}: ${reason}`);
  } else {
    failed++;
    const reason = unescape(/<Message>([\s\S]*?)<\/Message>/.exec(body ?? "")?.[1] ?? "").replace(/\s+/g, " ").trim();
    console.log(`failed: ${name}: ${reason.slice(0, 400)}`);
  }
}

// A run that ended before its end: the host died, or a test hung and was ended.
const cut = /<RunInfo [^>]*outcome="Error"[^>]*>\s*<Text>([\s\S]*?)<\/Text>/.exec(trx)?.[1];
if (/<ResultSummary outcome="(?:Aborted|Error|Timeout)"/.test(trx) || (cut ?? "").includes("aborted")) {
  failed++;
  console.log(`failed: the run did not reach its end: ${unescape(cut ?? "no reason is given").replace(/\s+/g, " ").trim().slice(0, 600)}`);
}

if (dataSkipped > 0) {
  console.log(`${dataSkipped} tests of the recordings were skipped though ../shared/data is there: counted as failed`);
  failed += dataSkipped;
  skipped -= dataSkipped;
}

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
