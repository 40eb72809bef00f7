/**
 * Run by `npm pack` first: makes `build/` of a package, which is removed when it is packed. `prepack.mjs sandbox`, or
 * of the whole.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensurePackages, root, run } from '../ensure.mjs'

const [name] = process.argv.slice(2)
const out = join(root, name ?? '', 'build')
ensurePackages()
if (run('npm', ['run', '--silent', 'schema']) !== 0) process.exit(1)
rmSync(out, { recursive: true, force: true })
if (name === 'sandbox') {
  const { misread, writeSandbox } = await import('./sandbox.mjs')
  await writeSandbox(out)
  const wrong = misread(out)
  if (wrong.length) {
    console.error(wrong.join('\n'))
    process.exit(1)
  }
} else {
  const { writeWhole } = await import('./whole.mjs')
  await writeWhole(out)
}
