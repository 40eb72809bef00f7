/** The entrypoint of nginx's image: runs what is in /docker-entrypoint.d, then becomes what it was asked to run. */
import { isErrno } from '../../../errno.ts'
import type { Process, Program } from '../../../processes/process.ts'
import { DEFAULT_CONF, LISTENING_ON_IPV6 } from './nginx.ts'

const ME = '/docker-entrypoint.sh'
const DIRECTORY = '/docker-entrypoint.d'
const SITE = '/etc/nginx/conf.d/default.conf'

/** In the order of `sort -V`: numbers by their size, the rest by letters. */
function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map(name => name.match(/\d+|\D+/g) ?? [])
  for (let i = 0; i < Math.min(left!.length, right!.length); i++) {
    const [x, y] = [left![i]!, right![i]!]
    const difference = Number(x) - Number(y)
    if (difference) return difference
    if (Number.isNaN(difference) && x !== y) return x < y ? -1 : 1
  }
  return left!.length - right!.length
}

/** Lists of directories in their order: that of a directory which nobody has changed is one list for all its containers. */
const ordered = new WeakMap<readonly string[], readonly string[]>()

function inOrder(names: readonly string[]): readonly string[] {
  let known = ordered.get(names)
  if (!known) ordered.set(names, (known = [...names].sort(byVersion)))
  return known
}

const writable = ({ fs }: Process, path: string): boolean => {
  try {
    fs.utimes(path, fs.stat(path).mtime)
    return true
  } catch (error) {
    if (!isErrno(error)) throw error
    return false
  }
}

/** The site as it is written; nothing of one that may not be read, undefined where no file is. */
function siteOf({ fs }: Process): string | undefined {
  try {
    return fs.readFile(SITE)
  } catch (error) {
    if (!isErrno(error)) throw error
    return fs.exists(SITE) && fs.stat(SITE).type === 'file' ? '' : undefined
  }
}

function listenOnIpv6(process: Process): string[] {
  const info = (text: string): string => `10-listen-on-ipv6-by-default.sh: info: ${text}`
  const text = siteOf(process)
  if (text === undefined) return [info(`${SITE} is not a file or does not exist`)]
  const isDefault = text === DEFAULT_CONF
  if (!(isDefault ? rewritten(process) : writable(process, SITE)))
    return [info(`can not modify ${SITE} (read-only file system?)`)]
  if (!isDefault && /listen\s*\[::]:80;/.test(text)) return [info('IPv6 listen already enabled')]
  const checking = info(`Getting the checksum of ${SITE}`)
  return [checking, info(isDefault ? `Enabled listen on IPv6 in ${SITE}` : `${SITE} differs from the packaged version`)]
}

/** That it can be written is seen by writing it. */
function rewritten({ fs }: Process): boolean {
  try {
    fs.writeFile(SITE, LISTENING_ON_IPV6)
    return true
  } catch (error) {
    if (!isErrno(error)) throw error
    return false
  }
}

/** Templates become files of the configuration, with the environment's variables in them. */
function fillTemplates(process: Process): string[] {
  const { fs, env } = process
  const from = env.NGINX_ENVSUBST_TEMPLATE_DIR ?? '/etc/nginx/templates'
  const suffix = env.NGINX_ENVSUBST_TEMPLATE_SUFFIX ?? '.template'
  const to = env.NGINX_ENVSUBST_OUTPUT_DIR ?? '/etc/nginx/conf.d'
  if (!fs.exists(from)) return []
  const filter = new RegExp(env.NGINX_ENVSUBST_FILTER ?? '')
  const say = '20-envsubst-on-templates.sh:'
  if (!fs.exists(to) || !writable(process, to)) return [`${say} ERROR: ${from} exists, but ${to} is not writable`]
  const said: string[] = []
  const fill = (folder: string, inside: string): void => {
    for (const name of [...fs.readdir(folder)].sort()) {
      if (name.startsWith('..')) continue
      const path = `${folder}/${name}`
      if (fs.stat(path).type === 'directory') {
        fs.mkdir(`${to}/${inside}${name}`, { recursive: true })
        fill(path, `${inside}${name}/`)
      } else if (name.endsWith(suffix)) {
        const target = `${to}/${inside}${name.slice(0, -suffix.length)}`
        said.push(`${say} Running envsubst on ${path} to ${target}`)
        fs.writeFile(target, withVariables(fs.readFile(path), env, filter))
      }
    }
  }
  fill(from, '')
  return said
}

/** As envsubst does, told of the variables that there are: any other is left as it is. */
const withVariables = (text: string, env: Readonly<Record<string, string>>, filter: RegExp): string =>
  text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare!
    return env[name] !== undefined && filter.test(name) ? env[name] : whole
  })

/** What the image itself brings. */
const OWN: Readonly<Record<string, (process: Process) => string[]>> = {
  '10-listen-on-ipv6-by-default.sh': listenOnIpv6,
  '15-local-resolvers.envsh': () => [],
  '20-envsubst-on-templates.sh': fillTemplates,
  '30-tune-worker-processes.sh': () => [],
}

async function configure(process: Process): Promise<number | undefined> {
  const { fs } = process
  const names = fs.exists(DIRECTORY) ? inOrder(fs.readdir(DIRECTORY)) : []
  const quiet = process.env.NGINX_ENTRYPOINT_QUIET_LOGS
  const say = async (...lines: string[]): Promise<void> => {
    if (!quiet && lines.length) await process.write(1, `${lines.join('\n')}\n`)
  }
  if (!names.length) {
    await say(`${ME}: No files found in ${DIRECTORY}/, skipping configuration`)
    return undefined
  }
  const lines = [
    `${ME}: ${DIRECTORY}/ is not empty, will attempt to perform configuration`,
    `${ME}: Looking for shell scripts in ${DIRECTORY}/`,
  ]
  for (const name of names) {
    const path = `${DIRECTORY}/${name}`
    const sourced = name.endsWith('.envsh')
    if (!sourced && !name.endsWith('.sh')) {
      lines.push(`${ME}: Ignoring ${path}`)
      continue
    }
    if ((fs.stat(path).mode & 0o111) === 0) {
      lines.push(`${ME}: Ignoring ${path}, not executable`)
      continue
    }
    lines.push(`${ME}: ${sourced ? 'Sourcing' : 'Launching'} ${path}`)
    const own = OWN[name]
    if (own) lines.push(...own(process))
    else {
      await say(...lines.splice(0))
      const child = process.spawn({ argv: sourced ? ['sh', '-c', `. ${path}`] : [path] })
      const { status } = await process.wait(child.pid)
      if (status.code !== 0) return status.code
    }
  }
  await say(...lines, `${ME}: Configuration complete; ready for start up`)
  return undefined
}

export const entrypoint: Program = async process => {
  const argv = process.argv.slice(1)
  if (argv[0] === 'nginx' || argv[0] === 'nginx-debug') {
    const failed = await configure(process)
    if (failed !== undefined) return failed
  }
  try {
    return await process.exec(argv)
  } catch (error) {
    if (!isErrno(error)) throw error
    await process.write(
      2,
      `${ME}: 47: exec: ${argv[0] ?? ''}: ${error.code === 'ENOENT' ? 'not found' : error.message}\n`,
    )
    return error.code === 'ENOENT' ? 127 : 126
  }
}
