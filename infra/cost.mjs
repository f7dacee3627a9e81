// Works out COST.md from cost.json: node infra/cost.mjs [--check]. With --check it only says whether the page is right.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = dirname(new URL(import.meta.url).pathname);
const input = JSON.parse(readFileSync(join(folder, 'cost.json'), 'utf8'));
const SECONDS = 30 * 24 * 3600, HOURS = SECONDS / 3600;
const { prices } = input;

const rows = [];
for (const [size, load] of Object.entries(input.sizes)) {
  for (const mode of ['thrift', 'prompt']) rows.push(month(size, load, mode));
}

const parts = Object.keys(rows[0].parts);
const table = [
  `| a month of 30 days, ${prices.currency} | ${parts.join(' | ')} | **all** | of it per million reports |`,
  `|---|${parts.map(() => '---').join('|')}|---|---|`,
  ...rows.map((row) => `| ${row.name} | ${parts.map((part) => money(row.parts[part])).join(' | ')} | **${money(row.all)}** | ${(row.all / row.millions).toFixed(3)} |`),
].join('\n');
const operations = [
  '| operations a second | writes | reads | lists | queue | per million reports: port | country | world |',
  '|---|---|---|---|---|---|---|---|',
  ...['thrift', 'prompt'].map((mode) => {
    const a = input.operations[mode], all = a.blob_writes + a.blob_reads + a.blob_lists + a.queue;
    return `| ${mode} | ${a.blob_writes} | ${a.blob_reads} | ${a.blob_lists} | ${a.queue} | ${Object.values(input.sizes).map((load) => Math.round((all / load.reports_s) * 1e6).toLocaleString('en-GB')).join(' | ')} |`;
  }),
].join('\n');

const file = join(folder, 'COST.md'), page = readFileSync(file, 'utf8');
const next = put(put(page, 'months', table), 'operations', operations);
if (process.argv.includes('--check')) {
  if (next !== page) {
    console.error('COST.md does not say what cost.json gives: run node infra/cost.mjs');
    process.exit(1);
  }

  console.log('COST.md says what cost.json gives');
} else {
  writeFileSync(file, next);
  console.log(table);
}

function month(size, load, mode) {
  const a = input.operations[mode], documents = (load.plates_day + load.manifests_day) * 30 + (load.scenes_week * 30) / 7;
  const writes = a.blob_writes * SECONDS + documents * input.documents.blob_writes;
  const reads = a.blob_reads * SECONDS + documents * input.documents.blob_reads;
  const queue = a.queue * SECONDS + documents * input.documents.queue + (SECONDS / input.polls[mode].interval_s) * input.polls[mode].queues;
  const reports = load.reports_s * SECONDS;
  const gb = (load.reports_s * 86400 * (input.bytes.per_report_landed * input.bytes.landing_days + input.bytes.per_report_kept * input.bytes.kept_days)) / 1e9
    + (load.scenes_week / 7) * input.bytes.scene_days * (input.bytes.scene_mb / 1e3);
  const busy = input.compute[mode][size], ready = mode === 'prompt' ? input.compute.ready_instances : 0;
  const readyBusy = Math.min(busy, ready);
  const parts = {
    'storage operations': (writes * prices.blob_write_per_10k + a.blob_lists * SECONDS * prices.blob_list_per_10k + reads * prices.blob_read_per_10k + queue * prices.queue_per_10k) / 1e4,
    'bytes kept': gb * prices.blob_gb_month,
    'compute': input.compute.instance_gb * SECONDS * ((busy - readyBusy) * prices.flex_gb_second + readyBusy * prices.flex_ready_busy_gb_second + ready * prices.flex_ready_gb_second)
      + (input.executions_per_second[mode] * SECONDS * prices.flex_executions_per_million) / 1e6,
    'event hub': load.hub_units * HOURS * prices.hub_unit_hour + (load.hub_units > 0 ? (reports / 100) * prices.hub_events_per_million / 1e6 : 0),
    'logs, network, the rest': input.logs_gb_month[mode] * prices.logs_gb + input.endpoints * HOURS * prices.endpoint_hour + prices.web_test_month,
  };
  return { name: `${size}, ${mode}`, parts, all: Object.values(parts).reduce((sum, one) => sum + one, 0), millions: reports / 1e6 };
}

function put(text, name, content) {
  const start = `<!-- ${name} -->\n`, end = `\n<!-- /${name} -->`;
  const from = text.indexOf(start), to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`COST.md has no place for ${name}`);
  return text.slice(0, from + start.length) + content + text.slice(to);
}

function money(value) {
  return value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-GB');
}
