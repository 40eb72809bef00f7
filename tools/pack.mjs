/** `npm run pack`: dist/podlab-sandbox-VERSION.tgz, which `npm install FILE` takes. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePackages, root, run } from './ensure.mjs'

ensurePackages()
if (run('npm', ['run', '--silent', 'schema']) !== 0) process.exit(1)
const { misread, writePackage } = await import('./package.mjs')
const folder = mkdtempSync(join(tmpdir(), 'podlab-package-'))
writePackage(folder)
const wrong = misread(folder)
if (wrong.length) {
  console.error(wrong.join('\n'))
  process.exit(1)
}
const out = join(root, 'dist')
mkdirSync(out, { recursive: true })
const { status, stdout } = spawnSync('npm', ['pack', folder, '--pack-destination', out], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
rmSync(folder, { recursive: true })
process.stdout.write(status === 0 ? `dist/${stdout.trim().split('\n').at(-1)}\n` : stdout)
process.exit(status ?? 1)
