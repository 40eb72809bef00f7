/** Children: a command runs to its end, and what it printed comes back. `subprocess` itself is written in Python over this. */
import { isErrno } from '../../errno.ts'
import type { Stream } from '../../processes/process.ts'
import { sink, textStream } from '../../processes/streams.ts'
import { functions, numberOf } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { fromBytes, toBytes } from '../objects/codecs.ts'
import { PyDict, type PyList, PyTuple } from '../objects/containers.ts'
import { osError } from '../objects/errors.ts'
import { PyBytes, type Steps, type Value } from '../objects/values.ts'

interface Child {
  argv: string[]
  env?: Record<string, string>
  cwd?: string
  input?: string
  /** Which of its outputs are kept. */
  keep: { out: boolean; err: boolean; together: boolean }
  drop: { out: boolean; err: boolean }
  /** How long it may take. */
  ms?: number
}

interface Ended {
  /** Negative for a signal; undefined where it took too long. */
  code: number | undefined
  out: string
  err: string
}

function* run(machine: Machine, child: Child): Steps<Ended> {
  const { process } = machine
  yield* machine.wait(() => machine.out.flush())
  const kept = { out: '', err: '' }
  const into = (name: 'out' | 'err'): Stream =>
    sink(text => {
      kept[name] += text
    })
  const fds: Record<number, Stream> = {}
  if (child.input !== undefined) fds[0] = textStream(child.input)
  const nothing = (): Stream => sink(() => {})
  if (child.keep.out) fds[1] = into('out')
  else if (child.drop.out) fds[1] = nothing()
  if (child.keep.together && fds[1]) fds[2] = fds[1]
  else if (child.keep.err) fds[2] = into('err')
  else if (child.drop.err) fds[2] = nothing()
  let pid: number
  try {
    pid = process.spawn({
      argv: child.argv,
      fds,
      ...(child.env && { env: child.env }),
      ...(child.cwd !== undefined && { cwd: child.cwd }),
    }).pid
  } catch (error) {
    throw isErrno(error) ? osError(error.code, child.argv[0]!) : error
  }
  let late = false
  const timer =
    child.ms === undefined
      ? undefined
      : process.clock.after(child.ms, () => {
          late = true
          process.kill(pid, 'KILL')
        })
  const status = yield* machine.wait(() => process.wait(pid).then(ended => ended.status))
  process.clock.cancel(timer)
  return { ...kept, code: late ? undefined : status.signal ? 128 - status.code : status.code }
}

export function* runShell(machine: Machine, command: string): Steps<number> {
  const { code } = yield* run(machine, {
    argv: ['/bin/sh', '-c', command],
    keep: { out: false, err: false, together: false },
    drop: { out: false, err: false },
  })
  return code ?? 0
}

const text = (value: Value | undefined): string | undefined =>
  value === null || value === undefined ? undefined : value instanceof PyBytes ? fromBytes(value) : String(value)

export const subprocess = (): Record<string, Value> =>
  functions({
    *run(machine, [argv, input, out, err, env, cwd, timeout = null]) {
      const words = (argv as PyList).items.map(word => text(word)!)
      const variables =
        env instanceof PyDict
          ? Object.fromEntries([...env.entries.values()].map(([k, v]) => [String(k), String(v)]))
          : undefined
      const folder = text(cwd)
      const given = text(input)
      const ended = yield* run(machine, {
        argv: words,
        ...(given !== undefined && { input: given }),
        keep: { out: out === -1, err: err === -1, together: err === -2 },
        drop: { out: out === -3, err: err === -3 },
        ...(variables && { env: variables }),
        ...(folder !== undefined && { cwd: folder }),
        ...(timeout !== null && { ms: numberOf(timeout) * 1000 }),
      })
      return new PyTuple([ended.code ?? null, toBytes(ended.out), toBytes(ended.err)])
    },
  })
