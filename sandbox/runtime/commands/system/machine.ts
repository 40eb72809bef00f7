/** Commands about the machine and its terminal: hostname, uname, free, nproc, tty, stty, clear. */

import { isErrno } from '../../errno.ts'
import { KERNEL_BUILD, KERNEL_RELEASE } from '../../kernel/kernel-release.ts'
import type { Proc } from '../../processes/proc.ts'
import { COOKED, RAW, terminalOf } from '../../processes/terminal.ts'
import { machineMemory } from '../../pseudofs/procfs.ts'
import { type Command, complain, options, print } from '../command.ts'

export const hostname: Command = async call => {
  const flags = options(call, 'fsidI')
  const { process } = call
  const [wanted] = flags.rest
  if (wanted !== undefined) {
    try {
      process.hostname = wanted
      return 0
    } catch (error) {
      if (!isErrno(error)) throw error
      const gnu = call.flavour === 'gnu'
      return complain(call, gnu ? 'you must be root to change the host name' : `sethostname: ${error.message}`)
    }
  }
  const hosts = process.fs.exists('/etc/hosts') ? process.fs.readFile('/etc/hosts') : ''
  if (flags.has('i') || flags.has('I')) return print(call, `${process.net.ips.join(' ')}${flags.has('I') ? ' ' : ''}\n`)
  if (flags.has('f') || flags.has('d')) {
    const line = hosts
      .split('\n')
      .map(l => l.replace(/#.*/, '').trim().split(/\s+/))
      .find(words => words.slice(1).includes(process.hostname))
    const full = line?.[1] ?? process.hostname
    return print(call, `${flags.has('d') ? full.slice(full.indexOf('.') + 1) : full}\n`)
  }
  await print(call, `${flags.has('s') ? process.hostname.split('.')[0] : process.hostname}\n`)
  return 0
}

export const uname: Command = call => {
  const flags = options(call, 'amnrspvio', { all: 'a' })
  const parts: [string, string][] = [
    ['s', 'Linux'],
    ['n', call.process.hostname],
    ['r', KERNEL_RELEASE],
    ['v', KERNEL_BUILD],
    ['m', 'x86_64'],
    ['o', call.flavour === 'gnu' ? 'GNU/Linux' : 'Linux'],
  ]
  const letters = ['a', 'm', 'n', 'r', 's', 'v', 'o'].filter(letter => flags.has(letter))
  const shown = flags.has('a') ? parts : parts.filter(([letter]) => (letters.length ? letters : ['s']).includes(letter))
  return print(call, `${shown.map(([, text]) => text).join(' ')}\n`)
}

export const free: Command = async call => {
  const flags = options(call, 'bkmghw')
  const unit = flags.has('b') ? 1 : flags.has('m') ? 1024 ** 2 : flags.has('g') ? 1024 ** 3 : 1024
  const { kernel, world } = call.process as Proc
  const { total, used, free } = machineMemory(kernel, world)
  const n = (bytes: number): string =>
    (flags.has('h') ? `${(bytes / 1024 ** 3).toFixed(1)}G` : String(Math.round(bytes / unit))).padStart(12)
  await print(
    call,
    `              total        used        free      shared  buff/cache   available\nMem:   ${n(total)}${n(used)}${n(free)}${n(0)}${n(0)}${n(free)}\nSwap:  ${n(0)}${n(0)}${n(0)}\n`,
  )
}

export const tty: Command = async call => {
  const terminal = call.process.fds[0]?.isTerminal
  await print(call, terminal ? '/dev/pts/0\n' : 'not a tty\n')
  return terminal ? 0 : 1
}

export const stty: Command = async call => {
  const terminal = terminalOf(call.process.fds[0])
  if (!terminal) {
    const input = call.flavour === 'gnu' ? "'standard input'" : 'standard input'
    return complain(call, `${input}: Inappropriate ioctl for device`)
  }
  const { size } = terminal
  if (!call.args.length || call.args[0] === '-a')
    return print(
      call,
      `speed 38400 baud; rows ${size.rows}; columns ${size.columns};\n${terminal.mode.canonical ? '' : '-'}icanon ${terminal.mode.echo ? '' : '-'}echo ${terminal.mode.signals ? '' : '-'}isig\n`,
    )
  for (const word of call.args) {
    if (word === 'size') await print(call, `${size.rows} ${size.columns}\n`)
    else if (word === 'raw') terminal.mode = { ...RAW }
    else if (word === 'sane' || word === '-raw' || word === 'cooked') terminal.mode = { ...COOKED }
    else if (word === 'echo' || word === '-echo') terminal.mode = { ...terminal.mode, echo: word === 'echo' }
    else if (word === 'icanon' || word === '-icanon') terminal.mode = { ...terminal.mode, canonical: word === 'icanon' }
    else if (word === 'isig' || word === '-isig') terminal.mode = { ...terminal.mode, signals: word === 'isig' }
    else return complain(call, `invalid argument '${word}'`)
  }
  return 0
}

export const clear: Command = call => print(call, call.flavour === 'gnu' ? '\x1b[H\x1b[2J\x1b[3J' : '\x1b[H\x1b[J')

export const nproc: Command = call => print(call, `${(call.process as Proc).kernel.cpu.cores}\n`)
