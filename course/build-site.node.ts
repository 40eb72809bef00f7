/** Builds a course's site into a folder: Astro in a process of its own, told by the environment what is wanted. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

export interface SiteOptions {
  /** Path of a course.yaml. */
  course: string
  out: string
  /** Its whole address, where that is known. */
  address?: string
  /** The path of its address, where only that is known. */
  base?: string
  /** Shows what Astro says. */
  verbose?: boolean
}

/** Why nothing may be built there, or undefined: what is there is deleted first. */
export function outProblem(out: string, course: string): string | undefined {
  const folder = resolve(out)
  const own = dirname(resolve(course))
  if (`${own}/`.startsWith(`${folder}/`)) return `${out} holds the course itself; name a folder for the site alone`
  if (!existsSync(folder)) return undefined
  const names = readdirSync(folder)
  if (names.length === 0 || names.includes('_astro')) return undefined
  return `${out} holds something that is no site of ours, and would be deleted; name another folder`
}

/** @throws an Error with what Astro has said, when it could not be built */
export async function buildSite({ course, out, address, base, verbose = false }: SiteOptions): Promise<void> {
  const schema = join(ROOT, 'site/public/schema/k8s.json')
  if (!existsSync(schema)) await node(['sandbox/api/schema/generate.node.ts'], {}, verbose)
  await node(
    [astro(), 'build'],
    {
      PODLAB_COURSE: resolve(course),
      PODLAB_OUT: resolve(out),
      PODLAB_BASE: 'anywhere',
      PODLAB_SITE: address ?? '',
      PODLAB_AT: base ?? (address ? new URL(address).pathname : ''),
      // Whatever the process that asks is for: a site for readers is made.
      NODE_ENV: 'production',
      ASTRO_TELEMETRY_DISABLED: '1',
    },
    verbose,
  )
}

function astro(): string {
  const manifest = createRequire(join(ROOT, 'package.json')).resolve('astro/package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { astro: string } }
  return join(dirname(manifest), bin.astro)
}

function node(args: string[], env: Record<string, string>, verbose: boolean): Promise<void> {
  // Names that mean something to Vite, which whoever asks may have for reasons of their own (a test runner has them all).
  const { BASE_URL: _base, DEV: _dev, MODE: _mode, PROD: _prod, SSR: _ssr, ...own } = process.env
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...own, ...env },
    stdio: ['ignore', verbose ? 'inherit' : 'pipe', verbose ? 'inherit' : 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', data => (said += String(data)))
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('exit', code => (code === 0 ? done() : failed(new Error(said.trim() || `it ended with ${code}`))))
  })
}
