#!/usr/bin/env node
// Starts podlab: its sources in a checkout, on a Node that runs TypeScript; in a package, what was made of them. On this Node if it is
// new enough, else on the one that npm installed beside it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)
const source = join(here, 'main.ts')
/** Of the sandbox on its own, and of the whole. */
const compiled = [join(here, '../build/bin/main.js'), join(here, '../../build/sandbox/bin/main.js')]
const entry = [source, ...compiled].find(file => existsSync(file))

async function start() {
  // Stripped types and compiled code are kept from run to run.
  nodeModule.enableCompileCache?.()
  // In a checkout in which nothing was run before: what the API knows of its types is made of the schema that Kubernetes publishes.
  const schema = join(here, '../api/schema')
  if (entry === source && !existsSync(join(schema, 'generated', 'types.ts')))
    await import(pathToFileURL(join(schema, 'generate.node.ts')).href)
  await import(pathToFileURL(entry).href)
}

function nodeBeside() {
  for (let dir = here; ; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(candidate)) return candidate
    if (dirname(dir) === dir) return undefined
  }
}

const recent = major > 23 || (major === 23 && minor >= 6)
const other = recent ? undefined : nodeBeside()
if (other) {
  const child = spawn(other, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
} else if (recent || entry !== source) await start()
else {
  console.error(`podlab needs Node 23.6 or newer (this is ${process.version}); run npm install in its folder first`)
  process.exit(1)
}
