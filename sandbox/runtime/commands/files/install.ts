/** `install`: copies with a mode, and directories; and `link`, which makes one name more. */
import { isErrno } from '../../errno.ts'
import { basename, dirname } from '../../files/path.ts'
import { type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { idOf, parseMode } from './modes.ts'
import { isDirectory } from './operands.ts'

export const install: Command = async call => {
  const flags = options(call, 'dDm:o:g:t:vcspTb', {
    directory: 'd',
    mode: 'm',
    owner: 'o',
    group: 'g',
    'target-directory': 't',
    verbose: 'v',
  })
  const { fs } = call.process
  const mode = parseMode(flags.value('m') ?? '755', { type: 'file', mode: 0 })
  if (mode === undefined) throw new Refusal(`invalid mode '${flags.value('m')}'`)
  const dress = (path: string): void => {
    fs.chmod(path, mode)
    const [owner, group] = [flags.value('o'), flags.value('g')]
    const uid = owner === undefined ? -1 : (idOf(call.process, owner, '/etc/passwd') ?? -1)
    const gid = group === undefined ? -1 : (idOf(call.process, group, '/etc/group') ?? -1)
    if (uid >= 0 || gid >= 0) fs.chown(path, uid, gid)
  }
  const names = [...flags.rest]
  if (!names.length) throw new Missing('missing file operand')
  if (flags.has('d')) {
    for (const name of names) {
      fs.mkdir(name, { recursive: true })
      dress(name)
    }
    return 0
  }
  const to = flags.value('t') ?? names.pop()!
  if (!names.length) throw new Missing(`missing destination file operand after '${to}'`)
  if (flags.has('D')) fs.mkdir(flags.has('t') ? to : dirname(to), { recursive: true })
  const into = flags.has('t') || isDirectory(call.process, to)
  if (names.length > 1 && !into) throw new Refusal(`target '${to}' is not a directory`)
  let code = 0
  for (const name of names) {
    const path = into ? `${to.replace(/\/+$/, '')}/${basename(name)}` : to
    let text: string
    try {
      text = fs.readFile(name)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(call, `${call.flavour === 'gnu' ? 'cannot' : "can't"} stat '${name}': ${error.message}`)
      continue
    }
    try {
      if (fs.exists(path)) fs.unlink(path)
      fs.writeFile(path, text)
      dress(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      const unseen = error.code === 'ENOTDIR' || error.code === 'ENAMETOOLONG'
      code = await complain(
        call,
        call.flavour === 'gnu'
          ? `cannot ${unseen ? 'stat' : 'create regular file'} '${path}': ${error.message}`
          : `can't ${unseen ? 'stat' : 'create'} '${path}': ${error.message}`,
      )
      continue
    }
    if (flags.has('v')) await print(call, `'${name}' -> '${path}'\n`)
  }
  return code
}

export const link: Command = async call => {
  const [from, to, more] = call.args
  if (from === undefined) throw new Missing('missing operand')
  if (to === undefined) throw new Missing(`missing operand after '${from}'`)
  if (more !== undefined) throw new Missing(`extra operand '${more}'`)
  try {
    call.process.fs.link(from, to)
    return 0
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(call, `cannot create link '${to}' to '${from}': ${error.message}`)
  }
}
