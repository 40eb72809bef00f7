/** dnf, yum and microdnf, of Red Hat's family. */
import { isErrno } from '../errno.ts'
import type { Program } from '../processes/process.ts'
import { download, Installed, lookUp, mirrorIsNear } from './installed.ts'

const NOTES = '/var/lib/rpm'

export const dnf: Program = async process => {
  const [verb, ...names] = process.argv.slice(1).filter(word => !word.startsWith('-'))
  const out = (text: string): Promise<void> => process.write(1, text)
  const installed = new Installed(process, NOTES)
  if (verb === 'clean' || verb === 'makecache') return 0
  if (verb === 'update' || verb === 'upgrade') {
    await out('Dependencies resolved.\nNothing to do.\nComplete!\n')
    return 0
  }
  if (verb !== 'install') {
    await process.write(
      2,
      `${process.argv[0]!.split('/').pop()}: ${verb === undefined ? 'a command is needed' : `${verb} is not simulated`}\n`,
    )
    return 1
  }
  if (process.uid !== 0) {
    await process.write(
      2,
      'Error: This command has to be run with superuser privileges (under the root user on most systems).\n',
    )
    return 1
  }
  if (!(await mirrorIsNear(process))) {
    await process.write(
      2,
      "Error: Failed to download metadata for repo 'baseos': Cannot prepare internal mirrorlist: Curl error (6): Couldn't resolve host name\n",
    )
    return 1
  }
  const { known, unknown } = lookUp(names)
  if (unknown.length) {
    for (const name of unknown) await process.write(2, `Error: installing ${name} is not simulated\n`)
    return 1
  }
  const fresh = known.filter(({ name }) => !installed.has(name))
  for (const { name } of known)
    if (!fresh.some(one => one.name === name)) await out(`Package ${name} is already installed.\n`)
  await out('Dependencies resolved.\n')
  if (!fresh.length) {
    await out('Nothing to do.\nComplete!\n')
    return 0
  }
  try {
    for (const asked of fresh) {
      await download(process, asked.package.kB)
      installed.add(asked)
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    await process.write(2, `Error: ${error.message}\n`)
    return 1
  }
  const full = fresh.map(({ name, package: one }) => `${name}-${one.apt.replace(/^\d+:|[+~-].*/g, '')}-1.el9.x86_64`)
  await out(
    `Running transaction\n${full.map((name, i) => `  Installing       : ${name}  ${i + 1}/${full.length}\n`).join('')}\nInstalled:\n${full.map(name => `  ${name}\n`).join('')}\nComplete!\n`,
  )
  return 0
}
