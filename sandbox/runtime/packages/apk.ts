/** apk, of Alpine. */
import { isErrno } from '../errno.ts'
import type { Process, Program } from '../processes/process.ts'
import { download, Installed, lookUp, mirrorIsNear } from './installed.ts'

const NOTES = '/lib/apk/db/files'
const MIRROR = 'https://alpine.mirror.example/alpine'

function repositories({ fs }: Process): string[] {
  const release = fs.exists('/etc/alpine-release') ? fs.readFile('/etc/alpine-release').trim() : '3.22.1'
  const version = `v${release.split('.').slice(0, 2).join('.')}`
  return ['main', 'community'].map(name => `${MIRROR}/${version}/${name}`)
}

/** Packages that the image begins with, and what they weigh. */
const FIRST = { packages: 16, mebibytes: 8 }

/** @returns whether it was got */
async function fetchIndex(process: Process): Promise<boolean> {
  const near = await mirrorIsNear(process)
  for (const repository of repositories(process)) {
    await process.write(1, `fetch ${repository}/x86_64/APKINDEX.tar.gz\n`)
    if (near) await download(process, 500)
    else await process.write(2, `WARNING: updating and opening ${repository}: temporary error (try again later)\n`)
  }
  return near
}

async function add(process: Process, names: readonly string[]): Promise<number> {
  const installed = new Installed(process, NOTES)
  if (process.uid !== 0) {
    await process.write(
      2,
      'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
    )
    return 99
  }
  if (!(await fetchIndex(process))) {
    await process.write(
      2,
      `ERROR: unable to select packages:\n${names.map(name => `  ${name} (no such package):\n    required by: world[${name}]\n`).join('')}`,
    )
    return names.length
  }
  const { known, unknown } = lookUp(names.map(name => name.replace(/[=<>~].*/, '')))
  if (unknown.length) {
    for (const name of unknown) await process.write(2, `ERROR: installing ${name} is not simulated\n`)
    return unknown.length
  }
  const fresh = known.filter(({ name }) => !process.fs.exists(`${NOTES}/${name}.list`))
  try {
    for (const [i, asked] of fresh.entries()) {
      await download(process, asked.package.kB)
      installed.add(asked)
      await process.write(
        1,
        `(${i + 1}/${fresh.length}) Installing ${asked.name} (${asked.package.apk || asked.package.apt})\n`,
      )
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    await process.write(
      2,
      `ERROR: Unable to lock database: ${error.message}\nERROR: Failed to open apk database: ${error.message}\n`,
    )
    return 99
  }
  if (fresh.length) await process.write(1, 'Executing busybox-1.37.0-r18.trigger\n')
  const all = installed.names.length
  await process.write(1, `OK: ${FIRST.mebibytes + all} MiB in ${FIRST.packages + all} packages\n`)
  return 0
}

export const apk: Program = async process => {
  const [verb, ...names] = process.argv.slice(1).filter(word => !word.startsWith('-'))
  // `--virtual NAME` calls them together something, which nobody here asks for.
  const virtual = process.argv.indexOf('--virtual') + 1 || process.argv.indexOf('-t') + 1
  const wanted = names.filter(name => !virtual || name !== process.argv[virtual])
  switch (verb) {
    case 'add':
      return add(process, wanted)
    case 'update': {
      const near = await fetchIndex(process)
      await process.write(
        1,
        near ? 'OK: 26326 distinct packages available\n' : '2 errors; 0 distinct packages available\n',
      )
      return near ? 0 : 2
    }
    case 'upgrade':
      await process.write(1, `OK: ${FIRST.mebibytes} MiB in ${FIRST.packages} packages\n`)
      return 0
    case 'del': {
      const installed = new Installed(process, NOTES)
      for (const name of wanted) installed.remove(name)
      const all = installed.names.length
      await process.write(1, `OK: ${FIRST.mebibytes + all} MiB in ${FIRST.packages + all} packages\n`)
      return 0
    }
    default:
      await process.write(2, `apk: ${verb === undefined ? 'a command is needed' : `${verb} is not simulated`}\n`)
      return 1
  }
}
