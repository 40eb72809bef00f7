/** htpasswd: writes files of users and passwords. */
import { isErrno } from '../../../errno.ts'
import type { Process, Program } from '../../../processes/process.ts'
import { isPassword, md5Crypt, shaPassword } from '../passwords.ts'

const USAGE =
  'Usage:\n\thtpasswd [-cimBdpsDv] [-C cost] passwordfile username\n\thtpasswd -b[cmBdpsDv] [-C cost] passwordfile username password\n\n\thtpasswd -n[imBdps] [-C cost] username\n\thtpasswd -nb[mBdps] [-C cost] username password\n'

const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

function salt(process: Process): string {
  const hex = process.random.hex(16)
  return Array.from({ length: 8 }, (_, i) => LETTERS[Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16) & 63]).join('')
}

/** A line of standard input; its end where there is none. */
async function readLine(process: Process): Promise<string> {
  let line = ''
  for (;;) {
    const data = await process.read(0)
    if (data === undefined || data === '') return line
    line += data
    const end = line.indexOf('\n')
    if (end >= 0) return line.slice(0, end)
  }
}

export const htpasswd: Program = async process => {
  const args = process.argv.slice(1)
  let flags = ''
  while (/^-[a-zA-Z0-9]/.test(args[0] ?? '')) {
    const word = args.shift()!.slice(1)
    flags += word
    if (/[Cr]$/.test(word)) args.shift()
  }
  const has = (flag: string): boolean => flags.includes(flag)
  const fail = async (text: string, code: number): Promise<number> => {
    await process.write(2, text)
    return code
  }
  const unknown = /[^cnbimBdpsDvCr25]/.exec(flags)
  if (unknown) return fail(USAGE, 2)
  if (/[Bd25]/.test(flags)) return fail(`htpasswd: -${/[Bd25]/.exec(flags)![0]} is not simulated\n`, 126)
  const [file, user, given] = has('n') ? [undefined, ...args] : args
  const wanted = (has('n') ? 1 : 2) + (has('b') ? 1 : 0)
  if (args.length !== wanted || user === undefined) return fail(USAGE, 2)
  if (user.includes(':')) return fail(`htpasswd: username contains illegal character ':'\n`, 5)
  const { fs } = process
  if (file !== undefined && !has('c') && !fs.exists(file))
    return fail(`htpasswd: cannot modify file ${file}; use '-c' to create it\n`, 1)
  const lines = file === undefined || has('c') ? [] : fs.readFile(file).split('\n').filter(Boolean)
  const at = lines.findIndex(line => line.startsWith(`${user}:`))
  const save = async (said: string): Promise<number> => {
    try {
      fs.writeFile(file!, lines.map(line => `${line}\n`).join(''))
    } catch (error) {
      if (!isErrno(error)) throw error
      return fail(`htpasswd: cannot create file ${file}\n`, 1)
    }
    await process.write(2, said)
    return 0
  }
  if (has('D')) {
    if (at < 0) return fail(`User ${user} not found\n`, 0)
    lines.splice(at, 1)
    return save(`Deleting password for user ${user}\n`)
  }
  let password = given
  if (password === undefined) {
    if (!has('i')) await process.write(2, has('v') ? 'Enter password: ' : 'New password: ')
    password = await readLine(process)
    if (!has('i') && !has('v')) {
      await process.write(2, '\nRe-type new password: ')
      const again = await readLine(process)
      await process.write(2, '\n')
      if (again !== password) return fail('htpasswd: password verification error\n', 3)
    }
  }
  if (has('v')) {
    if (at < 0) return fail(`User ${user} not found\n`, 6)
    const right = isPassword(password, lines[at]!.slice(user.length + 1))
    return fail(right ? `Password for user ${user} correct.\n` : 'password verification failed\n', right ? 0 : 3)
  }
  const kept = `${user}:${has('s') ? shaPassword(password) : has('p') ? password : md5Crypt(password, salt(process))}`
  if (file === undefined) {
    await process.write(1, `${kept}\n\n`)
    return 0
  }
  if (at < 0) lines.push(kept)
  else lines[at] = kept
  return save(`${at < 0 ? 'Adding' : 'Updating'} password for user ${user}\n`)
}
