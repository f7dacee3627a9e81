// From nothing to the first answer: node tests/cold-start.mjs [--zip out/functions.zip] [--runs 10] [--store azure|folder] [--app NAME]
// Every run unpacks the package into a fresh folder, drops the page cache (as root), starts the program as the Functions
// host does, with the doors of each app in infra/apps.json, and asks. Prints a table; times are from the start of the process.
import { spawn, execFileSync } from 'node:child_process';
import http from 'node:http';
import { createServer } from 'node:net';
import { inflateRawSync } from 'node:zlib';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const option = (name, usual) => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : usual);
const root = resolve(dirname(new URL(import.meta.url).pathname), '..');
const zip = readFileSync(resolve(root, option('zip', 'out/functions.zip')));
const runs = Number(option('runs', '10'));
const only = option('app', null);
const usesAzure = option('store', 'azure') === 'azure';
const apps = Object.entries(JSON.parse(readFileSync(join(root, 'infra/apps.json'), 'utf8'))).filter(([name]) => !only || name === only);
const KEY = 'cold-start-key-0123456789-0123456789'; // Of this run alone.
const SENTENCE = '!AIVDM,1,1,,A,15MgK45P3@G?fl0E`JbR0OwT0@MS,0*4E\n';
const ACCOUNT = 'devstoreaccount1', ACCOUNT_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='; // Azurite's own, public.
const WAIT_MS = 60000;

const work = mkdtempSync(join(tmpdir(), 'cold-start-'));
let storage = null, landed = null;
const cacheDropped = dropCache();
try {
  storage = usesAzure ? await startAzurite() : null;
  const warm = apps.find(([name]) => name === 'doors') ?? apps[0];
  await measure('doors', warm[1], true); // Makes the store: not counted.
  console.log(`${(zip.length / 1e6).toFixed(1)} MB package, ${usesAzure ? 'Azurite' : 'a folder'}, ${runs} runs, page cache ${cacheDropped ? 'dropped before each' : 'NOT dropped (not root)'}, ${cpus().length} cores`);
  console.log('| app | first answer of GET /, median | worst | processor time till then | first real request | median | worst |');
  console.log('|---|---|---|---|---|---|---|');
  for (const [name, app] of apps) {
    const first = [], real = [], cpu = [];
    let what = '';
    for (let run = 0; run < runs; run++) {
      const times = await measure(name, app);
      first.push(times.first);
      real.push(times.real);
      cpu.push(times.cpu);
      what = times.what;
    }

    const say = (list) => [median(list), Math.max(...list)].map((ms) => `${(ms / 1000).toFixed(2)} s`);
    console.log(`| ${name} | ${say(first).join(' | ')} | ${(median(cpu) / 1000).toFixed(2)} s | ${what} | ${say(real).join(' | ')} |`);
  }
} finally {
  storage?.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
}

async function measure(name, app, isWarmUp = false) {
  const folder = join(work, 'package');
  rmSync(folder, { recursive: true, force: true });
  unpack(folder);
  const port = await freePort();
  dropCache();
  const begin = performance.now();
  const program = spawn(join(folder, 'maritimewatch'), ['serve'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH, HOME: work, FUNCTIONS_CUSTOMHANDLER_PORT: String(port), MW_DOORS: app.doors, MW_API_KEY: KEY,
      MARITIMEWATCH_VAULT_KEY: Buffer.alloc(32, 7).toString('base64'), MW_MODE: 'prompt', DOTNET_TC_CallCountingDelayMs: '64', ...(usesAzure ? { MW_STORE: 'azure', ...storage.settings } : { MW_STORE: join(work, 'store') }),
    },
  });
  let said = '', isOver = false;
  program.stderr.on('data', (text) => { said = (said + text).slice(-4000); });
  program.on('exit', () => { isOver = true; });
  try {
    const at = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${at}/`).then((answer) => answer.arrayBuffer().then(() => true), () => false))) {
      if (isOver || performance.now() - begin > WAIT_MS) throw new Error(`${name} does not answer:\n${said}`);
      await new Promise((go) => setTimeout(go, 5));
    }

    const first = performance.now() - begin, cpu = cpuMs(program.pid);
    const what = request(name, app);
    const { status, body } = await ask(port, what);
    const real = performance.now() - begin;
    if (status !== 200) throw new Error(`${name}: ${what.method} ${what.path} gives ${status}: ${body.slice(0, 300)}\n${said}`);
    if (app.functions.includes('Http')) {
      const post = await fetch(`${at}/ais`, { method: 'POST', headers: { 'x-api-key': KEY, authorization: `Bearer ${KEY}`, 'content-type': 'text/plain' }, body: SENTENCE });
      const receipt = await post.json();
      if (!post.ok) throw new Error(`${name}: POST /ais gives ${post.status}: ${JSON.stringify(receipt)}`);
      landed = receipt.landed;
    }

    return { first, cpu, real, what: `${what.method} ${what.path}` };
  } finally {
    if (isWarmUp) await new Promise((go) => setTimeout(go, 1500));
    program.kill('SIGKILL');
    if (!isOver) await new Promise((go) => program.once('exit', go));
  }
}

// As the host asks: without the headers that fetch adds as a browser does, which the guard of the triggers refuses.
function ask(port, { method, path, headers, body }) {
  return new Promise((go, fail) => {
    const asked = http.request({ host: '127.0.0.1', port, method, path, headers }, async (answer) => {
      try { go({ status: answer.statusCode, body: Buffer.concat(await answer.toArray()).toString() }); } catch (trouble) { fail(trouble); }
    });
    asked.on('error', fail);
    asked.end(body);
  });
}

// Processor time of all its threads so far, in ms: what does not hang on what else this machine does.
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

// What the host would send first to such an app.
function request(name, app) {
  if (app.functions.includes('Http')) return { method: 'GET', path: '/collections', headers: { 'x-api-key': KEY, authorization: `Bearer ${KEY}` } };
  const day = new Date().toISOString().slice(0, 10), hash = landed ?? '0'.repeat(64);
  const message = { format: 1, landed: `landing/http/${day}/${hash}`, hash, length: SENTENCE.length, source: 'http', kind: 'Document', marks: [{ offset: 0, received_at_ms: Date.now() }] };
  const note = { format: 1, door: 'scenes', landed: `landing/scenes.http/${day}/${'0'.repeat(64)}`, hash: '0'.repeat(64), length: 1, source: 'http', received_at_ms: Date.now(), facts: {} };
  const timer = { Data: { timer: { IsPastDue: false } }, Metadata: {} };
  const [path, envelope] = {
    watch: ['/AisQueue', { Data: { msg: message }, Metadata: {} }],
    scenes: ['/SceneQueue', { Data: { msg: note }, Metadata: {} }],
    alerts: ['/ForecastTimer', timer],
    upkeep: ['/PurgeTimer', timer],
  }[name];
  return { method: 'POST', path, body: JSON.stringify(envelope), headers: { 'content-type': 'application/json', 'x-azure-functions-invocationid': '1' } };
}

function unpack(folder) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, inflateRawSync(zip.subarray(data, data + zip.readUInt32LE(at + 20))));
    chmodSync(file, (zip.readUInt32LE(at + 38) >>> 16) & 0o777);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function dropCache() {
  try {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    return false;
  }
}

async function startAzurite() {
  const places = [join(root, 'tests'), root];
  const main = places.map((place) => join(place, 'node_modules/azurite/dist/src/azurite.js')).find(existsSync);
  if (!main) throw new Error('Azurite is absent: npm ci in tests/ brings it (or use --store folder)');
  const [blob, queue, table] = [await freePort(), await freePort(), await freePort()];
  const process_ = spawn(process.execPath, [main, '--silent', '--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry',
    '--blobPort', blob, '--queuePort', queue, '--tablePort', table].map(String), { stdio: 'ignore', cwd: work });
  const connection = (service, port) => `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${ACCOUNT_KEY};${service}Endpoint=http://127.0.0.1:${port}/${ACCOUNT};`;
  process_.settings = { MW_BLOBS: connection('Blob', blob), MW_QUEUES: connection('Queue', queue) };
  for (let tries = 0; tries < 400; tries++) {
    if (await fetch(`http://127.0.0.1:${blob}/`).then(() => true, () => false)) return process_;
    await new Promise((go) => setTimeout(go, 50));
  }

  throw new Error('Azurite does not start');
}

function freePort() {
  return new Promise((resolvePort) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolvePort(port));
    });
  });
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
