#!/usr/bin/env node
// Starts podlab on a Node that runs TypeScript: this one if it is new enough, else the one that npm installed beside it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 23 || (major === 23 && minor >= 6)) {
  // Stripped types and compiled code are kept from run to run.
  nodeModule.enableCompileCache?.()
  // In a checkout in which nothing was run before: what the API knows of its types is made of the schema that Kubernetes publishes.
  const schema = join(here, '../api/schema')
  const generator = join(schema, 'generate.node.ts')
  if (existsSync(generator) && !existsSync(join(schema, 'generated', 'types.ts')))
    await import(pathToFileURL(generator).href)
  await import('./main.ts')
} else {
  let node
  for (let dir = here; !node; dir = dirname(dir)) {
    const candidate = join(dir, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(candidate)) node = candidate
    if (dirname(dir) === dir) break
  }
  if (!node) {
    console.error(`podlab needs Node 23.6 or newer (this is ${process.version}); run npm install in its folder first`)
    process.exit(1)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
