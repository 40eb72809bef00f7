/** `shred`: a file is written over, and with `-u` removed. */
import { dirname } from '../../files/path.ts'
import { type Call, type Command, invalidNumber, numberIn, options, Refusal } from '../command.ts'
import { each } from './operands.ts'
import { parseSize } from './sizes.ts'

const PASSES = 3
const BLOCK = 4096

export const shred: Command = call => {
  const gnu = call.flavour === 'gnu'
  const flags = gnu
    ? options(call, 'fn:s:uvxz', {
        force: 'f',
        iterations: 'n',
        size: 's',
        verbose: 'v',
        remove: 'remove::',
        exact: 'x',
        zero: 'z',
      })
    : options(call, 'fuzxvn:')
  const { fs, random } = call.process
  const notANumber = gnu ? (value: string): string => `invalid number of passes: '${value}'` : invalidNumber
  const passes = numberIn(flags.value('n'), notANumber) ?? PASSES
  const given = flags.value('s')
  const size = given === undefined ? undefined : parseSize(given)
  if (given !== undefined && size === undefined) throw new Refusal(`invalid file size: '${given}'`)
  const say = async (text: string): Promise<void> => {
    if (flags.has('v') && gnu) await call.process.write(2, `shred: ${text}\n`)
  }
  return each(
    call,
    flags.rest,
    async name => {
      const file = fs.stat(name)
      if (file.type === 'file') {
        // GNU's writes whole blocks, unless it is told otherwise.
        const usual = gnu && !flags.has('x') ? Math.ceil(file.size / BLOCK) * BLOCK : file.size
        const length = size ?? usual
        const letters = (): string => Array.from({ length }, () => String.fromCharCode(random.int(128))).join('')
        const kept = length < file.size ? fs.readFile(name).slice(length) : ''
        if (flags.has('z')) fs.writeFile(name, '\0'.repeat(length) + kept)
        else if (passes) fs.writeFile(name, letters() + kept)
      }
      const all = passes + (flags.has('z') ? 1 : 0)
      for (let i = 1; i <= all; i++) await say(`${name}: pass ${i}/${all} (${i > passes ? '000000' : 'random'})...`)
      if (flags.has('u') || flags.has('remove')) await remove(call, name, say)
    },
    (name, reason) => (gnu ? `${name}: failed to open for writing: ${reason}` : `can't open '${name}': ${reason}`),
  )
}

/** GNU's gives a file shorter and shorter names first, so that its own is not found in the directory. */
async function remove({ process: { fs } }: Call, name: string, say: (text: string) => Promise<void>): Promise<void> {
  await say(`${name}: removing`)
  const bare = name.slice(name.lastIndexOf('/') + 1)
  let now = name
  for (let length = bare.length; length > 0; length--) {
    const next = `${name.includes('/') ? `${dirname(name)}/` : ''}${'0'.repeat(length)}`
    if (fs.exists(next)) break
    await say(`${now}: renamed to ${next}`)
    now = next
  }
  fs.unlink(name)
  await say(`${name}: removed`)
}
