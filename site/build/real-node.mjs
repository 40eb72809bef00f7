/**
 * The files of real Node in the tab, as one file of the site: a tree as `WebContainer.mount` takes it, with this
 * sandbox, our kubectl and the official client library. Nothing is installed from a registry when it boots.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { realNodeConfig } from '../real-node.config.mjs'

const root = join(import.meta.dirname, '..', '..')
const at = path => join(root, path)

/** For packages that were written for `require`. */
const banner = {
  js: "import { createRequire as podlabRequire } from 'node:module'; const require = podlabRequire(import.meta.url)",
}
const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  write: false,
  absWorkingDir: root,
  banner,
}

const KUBECTL = `#!/usr/bin/env node
import('../kubectl.mjs').then(({ main }) => main(process.argv.slice(2)))
`

/** Not among what Podlab as a package brings: it is large, and few offer real Node. */
function clientLibrary() {
  try {
    return createRequire(import.meta.url).resolve('@kubernetes/client-node/package.json')
  } catch {
    throw new Error('real Node needs the client library beside Podlab: npm install @kubernetes/client-node')
  }
}

const file = contents => ({ file: { contents } })

/** The address of the file, below the site's root. */
export const REAL_NODE_PATH = '/real-node/files.json'

/** @returns a FileSystemTree of `@webcontainer/api` */
export async function realNodeFiles() {
  const programs = {
    'host.mjs': at('site/real-node/host.node.ts'),
    'kubectl.mjs': at('sandbox/kubectl/node/main.node.ts'),
    'preload.mjs': at('sandbox/runtime/real-processes/preload.node.ts'),
  }
  const bundled = async entry => file((await build({ ...common, entryPoints: [entry] })).outputFiles[0].text)
  const bundles = Object.entries(programs).map(async ([name, entry]) => [name, await bundled(entry)])
  const files = Object.fromEntries(await Promise.all(bundles))
  const { version } = JSON.parse(readFileSync(clientLibrary(), 'utf8'))
  const client = await bundled('@kubernetes/client-node')
  const manifest = { name: '@kubernetes/client-node', version, type: 'module', exports: './index.js' }
  return {
    '.podlab': { directory: { ...files, bin: { directory: { kubectl: file(KUBECTL) } } } },
    node_modules: {
      directory: {
        '@kubernetes': {
          directory: {
            'client-node': {
              directory: {
                'package.json': file(JSON.stringify(manifest)),
                'index.js': client,
              },
            },
          },
        },
      },
    },
    learner: { directory: {} },
  }
}

export const realNode = () => ({
  name: 'real-node',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      if (!realNodeConfig.on) return
      const path = join(fileURLToPath(dir), REAL_NODE_PATH)
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, JSON.stringify(await realNodeFiles()))
    },
  },
})
