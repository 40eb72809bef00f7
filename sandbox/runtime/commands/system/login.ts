/** What a machine says of itself and of who has logged in: nobody has, in a container. */
import type { Proc } from '../../processes/proc.ts'
import { type Command, complain, Missing, print, Refusal } from '../command.ts'

/** As the C library makes one where /etc/hostid is missing: of the machine's address. */
export const hostid: Command = call => {
  const [a = 127, b = 0, c = 0, d = 1] = (call.process.net.ips[0] ?? '127.0.0.1').split('.').map(Number)
  const id = ((a | (b << 8) | (c << 16) | (d << 24)) << 16) | (((a | (b << 8) | (c << 16) | (d << 24)) >>> 16) & 0xffff)
  return print(call, `${(id >>> 0).toString(16).padStart(8, '0')}\n`)
}

export const logname: Command = call =>
  complain(call, call.flavour === 'gnu' ? 'no login name' : 'getlogin: No such device or address')

/** `users` and `who`. */
export const nobody: Command = () => 0

/** The kernel's messages are for who may see the node's. */
export const dmesg: Command = call =>
  complain(
    call,
    call.flavour === 'gnu' ? 'read kernel buffer failed: Operation not permitted' : 'klogctl: Operation not permitted',
  )

const SETTINGS: Readonly<Record<string, string>> = {
  PAGE_SIZE: '4096',
  PAGESIZE: '4096',
  ARG_MAX: '2097152',
  CLK_TCK: '100',
  LONG_BIT: '64',
  NAME_MAX: '255',
  PATH_MAX: '4096',
  OPEN_MAX: '1048576',
  CHAR_BIT: '8',
  INT_MAX: '2147483647',
  INT_MIN: '-2147483648',
}

export const getconf: Command = call => {
  const [name] = call.args
  if (name === undefined) throw new Missing('missing operand')
  if (name === '_NPROCESSORS_ONLN' || name === '_NPROCESSORS_CONF')
    return print(call, `${(call.process as Proc).kernel.cpu.cores}\n`)
  const value = SETTINGS[name]
  if (value === undefined) throw new Refusal(`${name}: not simulated`, 126)
  return print(call, `${value}\n`)
}
