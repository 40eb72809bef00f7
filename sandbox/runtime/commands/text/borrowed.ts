/** Text tools that are big and rarely used: borrowed from just-bash, loaded when first needed. Files named are lent to it. */
import { absolute, normalize } from '../../files/path.ts'
import type { Process } from '../../processes/process.ts'
import { type Command, complain } from '../command.ts'
import { readAll } from './reading.ts'

let loading: Promise<typeof import('just-bash')> | undefined

const loadBorrowed = (process: Process): Promise<typeof import('just-bash')> =>
  process.load((loading ??= import('just-bash')))

export const borrowed: Command = async call => {
  const { process } = call
  const { Bash } = await loadBorrowed(process)
  const files: Record<string, string> = {}
  let named = false
  for (const arg of call.args) {
    const path = normalize(absolute(process.cwd, arg))
    if (!arg || arg.startsWith('-') || !process.fs.exists(path)) continue
    const { type } = process.fs.stat(path)
    // What it was lent it would not find.
    if (type === 'directory' && call.name !== 'jq' && arg === call.args.at(-1))
      return complain(call, `${arg}: ${call.flavour === 'gnu' ? 'Is a directory' : 'Input/output error'}`)
    if (type === 'directory') continue
    // A pipe, as of `<(command)`, is read to its end.
    files[path] = type === 'file' ? process.fs.readFile(path) : await readAll(process, process.fs.open(path, 'r'))
    named = true
  }
  const stdin = named ? '' : await readAll(process, process.fds[0]!)
  const bash = new Bash({
    files,
    cwd: process.cwd,
    env: { ...process.env },
    defenseInDepth: false,
  })
  const result = await process.load(bash.exec(call.name, { args: [...call.args], stdin }))
  // Written through: what it printed goes out in our own time.
  const pause = process.tick(result.stdout.length / 10_000)
  if (pause) await pause
  await process.write(1, result.stdout)
  if (result.stderr) await process.write(2, result.stderr)
  return result.exitCode
}

export const NAMES = ['jq', 'column', 'strings'] as const
