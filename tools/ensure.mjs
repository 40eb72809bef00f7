/**
 * Installs what a fresh machine lacks: the packages, and a browser for the tests. Plain JavaScript, so that Node 20 can
 * run it.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export const root = join(import.meta.dirname, '..')
const bin = join(root, 'node_modules', '.bin')

/**
 * The project's own Node and tools first, whatever the machine has; no word to anybody about this run; and code that was compiled once is
 * kept, types taken out: a process that loads the cluster begins in half the time, and the tests start a hundred.
 */
export const env = {
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  ASTRO_TELEMETRY_DISABLED: '1',
}

/** Runs a command with its output shown; returns its exit code. */
export const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: root, env, stdio: 'inherit', ...options }).status ?? 1

/** Installs the packages of the lock file unless exactly those were installed before. */
export function ensurePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const mark = join(root, 'node_modules', '.podlab-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  console.log('Installing packages (once) …')
  if (run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
    console.error('\nThe packages could not be installed. Is the npm registry reachable? Try `npm ci` to see why.')
    process.exit(1)
  }
  writeFileSync(mark, lock)
}

/** What the API knows of its types; everything that builds makes it anew. */
export function ensureSchema() {
  if (!existsSync(join(root, 'sandbox/api/schema/generated/types.ts'))) run('npm', ['run', '--silent', 'schema'])
}

/** The same engine without windows, whose work is a quarter of what it takes to open a cluster. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell']
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const which = name => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout?.trim()

function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  for (const name of [...SHELLS, ...BROWSERS]) {
    const found = which(name)
    if (found) return found
  }
  return APPS.find(path => existsSync(path))
}

/** Of the distribution, where it is Debian's kind and we may. */
function installPackages(...names) {
  const root = process.getuid?.() === 0
  const sudo = root ? '' : 'sudo -n '
  if (which('apt-get') && (root || which('sudo')))
    run('sh', ['-c', `${sudo}apt-get update -qq && ${sudo}apt-get install -y -qq ${names.join(' ')} >/dev/null`])
}

/** A PostgreSQL for the classroom's tests, which skip without one and say so. */
export function ensurePostgres() {
  if (existsSync('/usr/lib/postgresql') || which('initdb')) return
  console.log('Installing PostgreSQL for the tests (once) …')
  installPackages('postgresql')
}

/**
 * Beside Debian's Chromium the shell of exactly its version, where we are root: as a rule a container. What goes wrong is no matter, since
 * Chromium does as well. Takes half a minute, mostly to wait.
 */
async function installShell() {
  if (process.env.CHROMIUM || process.getuid?.() !== 0 || SHELLS.some(which)) return
  const asked = spawnSync('dpkg-query', ['--show', '--showformat=${Version}', 'chromium'], { encoding: 'utf8' })
  if (asked.status !== 0 || !asked.stdout) return
  console.log('Installing a Chromium without windows beside the one that is there (once) …')
  const apt = 'apt-get -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=15'
  const install = `${apt} install -y --no-install-recommends ${SHELLS[0]}=${asked.stdout}`
  const script = `${install} || { ${apt} update && ${install}; }`
  const installing = spawn('sh', ['-c', script], {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: 'ignore',
  })
  await new Promise(resolve => installing.on('error', resolve).on('exit', resolve))
}

/** Path of a Chromium; installs the distribution's, or playwright's, where there is none. Undefined if that fails. */
export async function ensureBrowser() {
  await installShell()
  const found = findBrowser()
  if (found) return found
  console.log('Installing a browser for the tests (once) …')
  installPackages('chromium', 'fonts-noto-cjk')
  await installShell()
  const installed = findBrowser()
  if (installed) return installed
  if (run('playwright-core', ['install', 'chromium']) === 0) {
    return execFileSync('node', ['-p', "require('playwright-core').chromium.executablePath()"], {
      cwd: root,
      env,
      encoding: 'utf8',
    }).trim()
  }
  return undefined
}

/** Whether `output` is older than any tracked or new file that matters for the site. */
export function isStale(output) {
  if (!existsSync(join(root, output))) return true
  const built = statSync(join(root, output)).mtimeMs
  const files = execFileSync(
    'git',
    ['ls-files', '-co', '--exclude-standard', 'site', 'lessons', 'sandbox', 'package-lock.json', 'astro.config.mjs'],
    { cwd: root, encoding: 'utf8' },
  )
  return files
    .split('\n')
    .some(file => file && existsSync(join(root, file)) && statSync(join(root, file)).mtimeMs > built)
}
