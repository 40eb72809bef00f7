/** `sys`: the interpreter and its process. */
import { functions, intOf } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { putItem } from '../machine/subscripts.ts'
import { PyDict, PyList, PyTuple } from '../objects/containers.ts'
import { raise } from '../objects/errors.ts'
import { classNamed, tuple } from '../objects/types.ts'
import { PyClass, PyObject, type Value } from '../objects/values.ts'
import { type Channel, fileObject, moreFrom } from './streams.ts'

export function sys(machine: Machine): Record<string, Value> {
  const { process, version, out, err } = machine
  const modules = new PyDict()
  for (const [name, module] of machine.modules) putItem(machine, modules, name, module)
  const input: PyObject = fileObject({ name: '<stdin>', fd: 0 })
  const channel = input.data as Channel
  channel.more = moreFrom(
    () => channel,
    () => process.read(0),
  )
  const stdout = fileObject({ name: '<stdout>', mode: 'w', output: out, fd: 1 })
  const stderr = fileObject({ name: '<stderr>', mode: 'w', output: err, fd: 2 })
  const raw = (file: PyObject): PyObject => fileObject({ ...(file.data as Channel), binary: true })
  const rawInput = fileObject({ binary: true })
  rawInput.data = { ...channel, binary: true, more: undefined }
  const bytesIn = rawInput.data as Channel
  bytesIn.more = moreFrom(
    () => bytesIn,
    () => process.read(0),
  )
  input.attrs!.set('buffer', rawInput)
  stdout.attrs!.set('buffer', raw(stdout))
  stderr.attrs!.set('buffer', raw(stderr))
  return {
    argv: new PyList([...machine.argv]),
    path: machine.path,
    modules,
    stdin: input,
    stdout,
    stderr,
    __stdout__: stdout,
    __stderr__: stderr,
    platform: 'linux',
    version: `${version.join('.')} (main) [GCC 12.2.0]`,
    version_info: versionInfo(version),
    hexversion: version[0] * 0x1000000 + version[1] * 0x10000 + version[2] * 0x100 + 0xf0,
    executable: '/usr/local/bin/python3',
    prefix: '/usr/local',
    byteorder: 'little',
    maxsize: 9223372036854775807n,
    implementation: implementation(),
    warnoptions: new PyList([]),
    ...functions({
      exit: (_, [code = null]) => {
        throw raise('SystemExit', ...(code === null ? [] : [code]))
      },
      getrecursionlimit: m => m.recursionLimit,
      setrecursionlimit: (m, [limit]) => {
        m.recursionLimit = Number(limit)
        return null
      },
      get_int_max_str_digits: m => m.mostDigits,
      set_int_max_str_digits: (m, [most]) => {
        const digits = intOf(most!)
        if (digits < 0 || (digits > 0 && digits < 640))
          throw raise('ValueError', 'maxdigits must be 0 or larger than 640')
        m.mostDigits = digits
        return null
      },
      getdefaultencoding: () => 'utf-8',
      getfilesystemencoding: () => 'utf-8',
      exc_info: m => {
        const error = m.handled()
        return new PyTuple(error ? [error.cls, error, null] : [null, null, null])
      },
      intern: (_, [text]) => text!,
    }),
  }
}

function versionInfo([major, minor, micro]: Machine['version']): Value {
  const info = new PyTuple([major, minor, micro, 'final', 0])
  info.cls = infoClass
  info.attrs = new Map<string, Value>([
    ['major', major],
    ['minor', minor],
    ['micro', micro],
    ['releaselevel', 'final'],
    ['serial', 0],
  ])
  return info
}

const infoClass = new PyClass('version_info', [tuple], new Map(), 'sys', true)

function implementation(): Value {
  const made = new PyObject(classNamed('types.SimpleNamespace'))
  made.attrs!.set('name', 'cpython')
  return made
}
