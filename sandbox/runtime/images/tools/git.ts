/** git where no repository can be reached: it tells its version, and what it says of a remote that nobody can look up. */
import { resolveHost } from '../../commands/network/resolve.ts'
import type { Process, Program } from '../../processes/process.ts'

const VERSION = '2.49.1'
const USAGE =
  'usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]\n           [--exec-path[=<path>]] [--html-path] [--man-path] [--info-path]\n           [-p | --paginate | -P | --no-pager] [--no-replace-objects] [--no-lazy-fetch]\n           [--no-optional-locks] [--no-advice] [--bare] [--git-dir=<path>]\n           [--work-tree=<path>] [--namespace=<name>] [--config-env=<name>=<envvar>]\n           <command> [<args>]\n'

const WITH_VALUE = new Set(['-b', '--branch', '--depth', '-c', '--config', '-o', '--origin', '-j', '--jobs'])

/** What is left of the words of a command without its options. */
function operands(words: readonly string[]): string[] {
  const left: string[] = []
  for (let i = 0; i < words.length; i++) {
    if (WITH_VALUE.has(words[i]!)) i++
    else if (!words[i]!.startsWith('-')) left.push(words[i]!)
  }
  return left
}

async function unreachable(process: Process, url: string): Promise<number> {
  const [, host = ''] = /^https?:\/\/(?:[^@/]*@)?([^/:]+)/.exec(url) ?? []
  if (host && !resolveHost(process, host).ips.length)
    await process.write(2, `fatal: unable to access '${url.replace(/\/?$/, '/')}': Could not resolve host: ${host}\n`)
  else await process.write(2, `git: speaking to '${url}' is not simulated\n`)
  return 128
}

export const git: Program = async process => {
  const [command, ...words] = process.argv.slice(1)
  if (command === '--version' || command === '-v' || command === 'version')
    return process.write(1, `git version ${VERSION}\n`).then(() => 0)
  if (command === undefined || command === '--help' || command === '-h' || command === 'help')
    return process.write(1, USAGE).then(() => (command === undefined ? 1 : 0))
  if (command === 'clone') {
    const [url, into] = operands(words)
    if (url === undefined)
      return process
        .write(
          2,
          'fatal: You must specify a repository to clone.\n\nusage: git clone [<options>] [--] <repo> [<dir>]\n',
        )
        .then(() => 129)
    const name =
      into ??
      url
        .replace(/\/+$/, '')
        .replace(/\.git$/, '')
        .split('/')
        .pop()!
    await process.write(2, `Cloning into '${name}'...\n`)
    return unreachable(process, url)
  }
  if (command === 'ls-remote' && operands(words)[0]) return unreachable(process, operands(words)[0]!)
  await process.write(2, `git: '${command}' is not simulated\n`)
  return 126
}
