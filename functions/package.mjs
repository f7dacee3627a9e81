// Packs a Functions app: node functions/package.mjs PUBLISHED REPOSITORY OUT.zip
// PUBLISHED is the folder of `dotnet publish`, REPOSITORY has host.json and functions/NAME/function.json.
// The zip is the same for the same files: sorted names, a fixed date, and Unix modes, since the host starts the program.
import { deflateRawSync } from 'node:zlib';
import { readFileSync, writeFileSync, readdirSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const PROGRAM = 'maritimewatch';
// What the program cannot do without on Azure; the build copies them only while something refers to them.
const NEEDED = ['maritimewatch.dll', 'libcoreclr.so', 'Azure.Storage.Blobs.dll', 'Azure.Storage.Queues.dll', 'Azure.Storage.Common.dll', 'Azure.Identity.dll', 'System.IO.Hashing.dll', 'libonnxruntime.so'];
const NEVER = /(^|\/)(node_modules|tests?)(\/|$)|\.Tests\.dll$|nunit/i;
const LEFT_OUT = [/\.pdb$/, /\.xml$/, /\.dbg$/, /(^|\/)createdump$/, /libmscord(bi|accore)\.so$/, /(^|\/)appsettings.*\.json$/, /(^|\/)web\.config$/, /(^|\/)\.[^/]*$/, /staticwebassets/];
const DOS_TIME = 0, DOS_DATE = (1 << 5) | 1; // 1980-01-01, the first day that a zip can say.
const FILES_MAX = 60000, BYTES_MAX = 2 ** 32 - 1;

const [published, repository, out] = process.argv.slice(2);
if (!out) fail('usage: node package.mjs PUBLISHED REPOSITORY OUT.zip');

const files = new Map();
for (const file of walk(published)) {
  const name = relative(published, file).split(sep).join('/');
  if (!LEFT_OUT.some((pattern) => pattern.test(name))) files.set(name, file);
}

if (!files.has(PROGRAM)) fail(`${published} has no program ${PROGRAM}: publish it for linux-x64 first`);
const missing = NEEDED.filter((name) => !files.has(name)), strange = [...files.keys()].filter((name) => NEVER.test(name));
if (missing.length > 0) fail(`${published} lacks ${missing.join(', ')}: is it published for linux-x64 with its runtime?`);
if (strange.length > 0) fail(`${strange[0]} does not belong into a package`);
files.set('host.json', join(repository, 'host.json'));
let functions = 0;
for (const name of readdirSync(join(repository, 'functions')).sort()) {
  const file = join(repository, 'functions', name, 'function.json');
  if (existsSync(file)) {
    JSON.parse(readFileSync(file, 'utf8'));
    files.set(`${name}/function.json`, file);
    functions++;
  }
}

if (functions === 0) fail(`${repository} has no functions/NAME/function.json`);
if (files.size > FILES_MAX) fail(`${files.size} files are more than a plain zip holds`);
mkdirSync(dirname(out), { recursive: true });
const zip = pack([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(out, zip);
console.log(`${out}: ${files.size} files, ${functions} functions, ${(zip.length / 1e6).toFixed(1)} MB`);

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
  });
}

function pack(entries) {
  const parts = [], central = [];
  let offset = 0;
  for (const [name, path] of entries) {
    const data = readFileSync(path), packed = deflateRawSync(data, { level: 9 });
    const path8 = Buffer.from(name, 'utf8');
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    fields(head, 4, data, packed, path8);
    parts.push(head, path8, packed);

    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE((3 << 8) | 20, 4); // Made on Unix: the upper half of the attributes is a mode.
    fields(entry, 6, data, packed, path8);
    entry.writeUInt32LE(((0o100000 | (name === PROGRAM ? 0o755 : 0o644)) << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, path8);
    offset += head.length + path8.length + packed.length;
    if (offset > BYTES_MAX) fail('the package is larger than a plain zip holds');
  }

  const directory = Buffer.concat(central), end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

// What a local header and the directory say alike: version, flags (UTF-8 names), method, time, CRC and lengths.
function fields(buffer, at, data, packed, name) {
  buffer.writeUInt16LE(20, at);
  buffer.writeUInt16LE(0x0800, at + 2);
  buffer.writeUInt16LE(8, at + 4);
  buffer.writeUInt16LE(DOS_TIME, at + 6);
  buffer.writeUInt16LE(DOS_DATE, at + 8);
  buffer.writeUInt32LE(crc32(data), at + 10);
  buffer.writeUInt32LE(packed.length, at + 14);
  buffer.writeUInt32LE(data.length, at + 18);
  buffer.writeUInt16LE(name.length, at + 22);
}

function crc32(data) {
  const table = (crc32.table ??= Int32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  }));
  let crc = -1;
  for (let i = 0; i < data.length; i++) crc = (crc >>> 8) ^ table[(crc ^ data[i]) & 255];
  return (crc ^ -1) >>> 0;
}

function fail(why) {
  console.error(`package: ${why}`);
  process.exit(1);
}
