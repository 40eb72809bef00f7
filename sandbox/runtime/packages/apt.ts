/** apt-get and apt, of Debian and Ubuntu: lists first, then packages. */
import { isErrno } from '../errno.ts'
import type { Process, Program } from '../processes/process.ts'
import { type Asked, download, Installed, lookUp, mirrorIsNear, thousands } from './installed.ts'

const LISTS = '/var/lib/apt/lists'
const NOTES = '/var/lib/dpkg/info'

interface Distribution {
  mirror: string
  host: string
  suite: string
  security: string
}

function distributionOf({ fs }: Process): Distribution {
  const release = fs.exists('/etc/os-release') ? fs.readFile('/etc/os-release') : ''
  const suite = /^VERSION_CODENAME=(\S+)/m.exec(release)?.[1] ?? 'bookworm'
  if (release.includes('ubuntu'))
    return {
      mirror: 'http://ubuntu.mirror.example/ubuntu',
      host: 'ubuntu.mirror.example',
      suite,
      security: `http://ubuntu.mirror.example/ubuntu ${suite}-security`,
    }
  return {
    mirror: 'http://debian.mirror.example/debian',
    host: 'debian.mirror.example',
    suite,
    security: `http://debian.mirror.example/debian-security ${suite}-security`,
  }
}

const listOf = ({ mirror, suite }: Distribution): string =>
  `${LISTS}/${mirror.replace('http://', '').replaceAll('/', '_')}_dists_${suite}_InRelease`

async function update(process: Process): Promise<number> {
  const distribution = distributionOf(process)
  const { mirror, host, suite, security } = distribution
  const out = (text: string): Promise<void> => process.write(1, text)
  if (process.uid !== 0) {
    await out('Reading package lists... Done\n')
    await process.write(
      2,
      `E: Could not open lock file ${LISTS}/lock - open (13: Permission denied)\nE: Unable to lock directory ${LISTS}/\n`,
    )
    return 100
  }
  if (!(await mirrorIsNear(process))) {
    await out(
      `Err:1 ${mirror} ${suite} InRelease\n  Temporary failure resolving '${host}'\nReading package lists... Done\n`,
    )
    await process.write(
      2,
      `W: Failed to fetch ${mirror}/dists/${suite}/InRelease  Temporary failure resolving '${host}'\nW: Some index files failed to download. They have been ignored, or old ones used instead.\n`,
    )
    return 0
  }
  const steps: readonly (readonly [what: string, kB: number])[] = [
    [`${mirror} ${suite} InRelease`, 151],
    [`${mirror} ${suite}-updates InRelease`, 55],
    [`${security} InRelease`, 48],
    [`${mirror} ${suite}/main amd64 Packages`, 8792],
    [`${mirror} ${suite}-updates/main amd64 Packages`, 7],
    [`${security}/main amd64 Packages`, 283],
  ]
  const began = process.clock.now()
  let total = 0
  for (const [i, [what, kB]] of steps.entries()) {
    await download(process, kB)
    total += kB
    await out(`Get:${i + 1} ${what} [${thousands(kB)} kB]\n`)
  }
  process.fs.mkdir(LISTS, { recursive: true })
  process.fs.writeFile(listOf(distribution), '')
  await process.compute(300)
  const seconds = Math.max(1, Math.round((process.clock.now() - began) / 1000))
  await out(
    `Fetched ${thousands(total)} kB in ${seconds}s (${thousands(Math.round(total / seconds))} kB/s)\nReading package lists... Done\n`,
  )
  return 0
}

async function agrees(process: Process): Promise<boolean> {
  await process.write(1, 'Do you want to continue? [Y/n] ')
  const answer = (await process.read(0)).trim()
  const yes = process.fds[0]?.isTerminal ? /^(y|yes|)$/i.test(answer) : /^y(es)?$/i.test(answer)
  if (!yes) await process.write(1, 'Abort.\n')
  return yes
}

async function install(process: Process, names: readonly string[], yes: boolean, quiet: boolean): Promise<number> {
  const distribution = distributionOf(process)
  const installed = new Installed(process, NOTES)
  const out = (text: string): Promise<void> => (quiet ? Promise.resolve() : process.write(1, text))
  if (process.uid !== 0) {
    await process.write(
      2,
      'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n',
    )
    return 100
  }
  await out('Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n')
  const { known, unknown } = lookUp(names.map(name => name.replace(/=.*/, '')))
  const there = known.filter(({ name }) => installed.has(name))
  const fresh = known.filter(({ name }) => !installed.has(name))
  if (!process.fs.exists(listOf(distribution)) && fresh.length + unknown.length) {
    for (const name of [...unknown, ...fresh.map(one => one.name)])
      await process.write(2, `E: Unable to locate package ${name}\n`)
    return 100
  }
  if (unknown.length) {
    for (const name of unknown) await process.write(2, `E: installing ${name} is not simulated\n`)
    return 100
  }
  for (const { name, package: one } of there) await out(`${name} is already the newest version (${one.apt}).\n`)
  if (fresh.length)
    await out(
      `The following NEW packages will be installed:\n  ${fresh
        .map(one => one.name)
        .sort()
        .join(' ')}\n`,
    )
  await out(`0 upgraded, ${fresh.length} newly installed, 0 to remove and 0 not upgraded.\n`)
  if (!fresh.length) return 0
  const kB = fresh.reduce((sum, one) => sum + one.package.kB, 0)
  await out(
    `Need to get ${thousands(kB)} kB of archives.\nAfter this operation, ${thousands(kB * 3)} kB of additional disk space will be used.\n`,
  )
  if (!yes && !(await agrees(process))) return 1
  return unpack(process, distribution, installed, fresh, kB, out)
}

async function unpack(
  process: Process,
  { mirror, host, suite }: Distribution,
  installed: Installed,
  fresh: readonly Asked[],
  kB: number,
  out: (text: string) => Promise<void>,
): Promise<number> {
  if (!(await mirrorIsNear(process))) {
    await process.write(
      2,
      `E: Failed to fetch ${mirror}/pool/main/  Temporary failure resolving '${host}'\nE: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n`,
    )
    return 100
  }
  const began = process.clock.now()
  for (const [i, { name, package: one }] of fresh.entries()) {
    await download(process, one.kB)
    await out(`Get:${i + 1} ${mirror} ${suite}/main amd64 ${name} amd64 ${one.apt} [${thousands(one.kB)} kB]\n`)
  }
  const seconds = Math.floor((process.clock.now() - began) / 1000)
  await out(`Fetched ${thousands(kB)} kB in ${seconds}s (${thousands(Math.round(kB / Math.max(1, seconds)))} kB/s)\n`)
  await process.write(2, 'debconf: delaying package configuration, since apt-utils is not installed\n')
  try {
    for (const asked of fresh) {
      const { name, package: one } = asked
      const file = `${name}_${one.apt.replace(/^\d+:/, '')}_amd64.deb`
      installed.add(asked)
      await process.compute(80)
      await out(
        `Selecting previously unselected package ${name}.\n(Reading database ... 6090 files and directories currently installed.)\nPreparing to unpack .../${file} ...\nUnpacking ${name} (${one.apt}) ...\n`,
      )
    }
  } catch (error) {
    if (!isErrno(error)) throw error
    await process.write(2, `E: Unable to write to /var/lib/dpkg/info/ - ${error.message}\n`)
    return 100
  }
  for (const { name, package: one } of fresh) await out(`Setting up ${name} (${one.apt}) ...\n`)
  return 0
}

async function remove(process: Process, names: readonly string[]): Promise<number> {
  const installed = new Installed(process, NOTES)
  await process.write(
    1,
    'Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n',
  )
  let gone = 0
  for (const name of names)
    if (installed.remove(name)) {
      gone++
      await process.write(1, `Removing ${name} ...\n`)
    } else await process.write(1, `Package '${name}' is not installed, so not removed\n`)
  await process.write(1, `0 upgraded, 0 newly installed, ${gone} to remove and 0 not upgraded.\n`)
  return 0
}

export const apt: Program = async process => {
  const tool = process.argv[0]!.split('/').pop()!
  const [verb, ...names] = process.argv.slice(1).filter(word => !word.startsWith('-') && !/^\w+::/.test(word))
  const flags = process.argv.filter(word => word.startsWith('-'))
  const has = (pattern: RegExp): boolean => flags.some(flag => pattern.test(flag))
  if (tool === 'apt' && !process.fds[1]?.isTerminal)
    await process.write(2, '\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n')
  switch (verb) {
    case 'update':
      return update(process)
    case 'install':
      return install(process, names, has(/^(-[a-z]*y[a-z]*|--yes|--assume-yes)$/), has(/^-[a-z]*qq/))
    case 'remove':
    case 'purge':
      return remove(process, names)
    case 'clean':
    case 'autoclean':
      return 0
    case 'upgrade':
    case 'dist-upgrade':
    case 'autoremove':
      await process.write(
        1,
        'Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
      )
      return 0
    default:
      await process.write(2, `E: ${verb === undefined ? 'a command is needed' : `${tool} ${verb} is not simulated`}\n`)
      return 100
  }
}
