// Puts GDAL and all that it needs, but for glibc, into a folder of the package: node functions/gdal.mjs PUBLISHED
// Every library is told to look for what it needs beside itself ($ORIGIN, by patchelf), so that the program opens libgdal by its
// full path and no environment variable is needed, which would reach the Functions host and its own libraries too.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

const GLIBC = /^(libc|libm|libdl|libpthread|librt|libresolv|libutil|ld-linux-x86-64)\.so/;
const [published] = process.argv.slice(2);
if (!published) fail('usage: node gdal.mjs PUBLISHED');

const root = '/usr/lib/x86_64-linux-gnu';
const newest = readdirSync(root).filter((name) => /^libgdal\.so\.\d+$/.test(name)).sort((a, b) => number(a) - number(b)).pop();
if (!newest) fail('no libgdal.so.N here: apt-get install libgdal32 (or the libgdal of your Debian)');
const libraries = new Map([[newest, join(root, newest)], ...needs(join(root, newest))]);

const out = join(published, 'gdal');
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'copyright'), { recursive: true });
for (const [name, path] of libraries) {
  copyFileSync(realpathSync(path), join(out, name));
  execFileSync('patchelf', ['--set-rpath', '$ORIGIN', join(out, name)]);
}

const proj = '/usr/share/proj/proj.db';
if (!existsSync(proj)) fail('no /usr/share/proj/proj.db here: apt-get install proj-data');
copyFileSync(proj, join(out, 'proj.db'));

// Whoever hands the package on hands on these libraries, some under the GPL: their terms go with them.
const packages = new Set();
for (const path of libraries.values()) {
  for (const candidate of [realpathSync(path), path, realpathSync(path).replace(/^\/usr/, '')]) {
    try {
      packages.add(execFileSync('dpkg', ['-S', candidate], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(':')[0]);
      break;
    } catch {
      // Known to dpkg under another of its names.
    }
  }
}

for (const name of packages) {
  const file = `/usr/share/doc/${name}/copyright`;
  if (existsSync(file)) copyFileSync(file, join(out, 'copyright', `${name}.txt`));
}

const glibc = execFileSync('ldd', ['--version'], { encoding: 'utf8' }).split('\n')[0].match(/(\d+\.\d+)$/)?.[1];
console.log(`${out}: ${libraries.size} libraries of ${packages.size} packages; runs where glibc is ${glibc} or newer`);

function needs(path) {
  return execFileSync('ldd', [path], { encoding: 'utf8' }).split('\n')
    .map((line) => line.match(/^\s*(\S+) => (\/\S+)/)).filter(Boolean)
    .map(([, name, file]) => [basename(name), file]).filter(([name]) => !GLIBC.test(name));
}

function number(name) {
  return Number(name.slice('libgdal.so.'.length));
}

function fail(why) {
  console.error(`gdal: ${why}`);
  process.exit(1);
}
