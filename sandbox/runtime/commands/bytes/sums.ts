/** `md5sum`, `sha256sum` and their likes: sums of files, and whether they still are what they were. */
import { bytesOfText } from '../../../bytes.ts'
import { type Call, type Command, options, print } from '../command.ts'
import { inputs, readAll } from '../text/reading.ts'
import { sha2 } from './sha2.ts'

async function sumOf(call: Call, text: string): Promise<string> {
  if (call.name === 'sha512sum') return sha2(text, 512)
  if (call.name === 'sha384sum') return sha2(text, 384)
  const { md5, sha1, sha256 } = await call.process.load(import('../../python/modules/hashes.ts'))
  const hash = call.name === 'md5sum' ? md5 : call.name === 'sha1sum' ? sha1 : sha256
  return hash(Array.from(bytesOfText(text), byte => String.fromCharCode(byte)).join(''))
}

export const sums: Command = async call => {
  const flags = options(call, 'csbtw', { check: 'c', status: 's', quiet: 'q', binary: 'b', text: 't' })
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { name, stream } of inputs(call, flags.rest, failed)) {
    const text = await readAll(call.process, stream)
    if (flags.has('c')) code = (await check(call, text, flags.has('s'), flags.has('q'))) || code
    else await print(call, `${await sumOf(call, text)}  ${name === 'standard input' ? '-' : name}\n`)
  }
  return code
}

/** @param quiet says nothing of files that are as they were */
async function check(call: Call, list: string, silent: boolean, quiet: boolean): Promise<number> {
  const { fs } = call.process
  const wrong = { gone: 0, changed: 0 }
  for (const [, sum, file] of list.matchAll(/^([0-9a-f]+) [ *](.+)$/gm)) {
    const there = fs.exists(file!)
    const right = there && (await sumOf(call, fs.readFile(file!))) === sum
    if (!there) {
      wrong.gone++
      await call.process.write(2, `${call.name}: ${missing(call, file!)}\n`)
    } else if (!right) wrong.changed++
    if (silent || (quiet && right)) continue
    await print(
      call,
      `${file}: ${right ? 'OK' : there || call.flavour === 'busybox' ? 'FAILED' : 'FAILED open or read'}\n`,
    )
  }
  const warning = warningOf(call, list.trim().split('\n').length, wrong)
  if (!silent) for (const text of warning) await call.process.write(2, `${call.name}: WARNING: ${text}\n`)
  return wrong.gone + wrong.changed ? 1 : 0
}

/** busybox counts what is wrong together, GNU apart. */
function warningOf({ flavour }: Call, all: number, { gone, changed }: { gone: number; changed: number }): string[] {
  if (flavour === 'busybox')
    return gone + changed ? [`${gone + changed} of ${all} computed checksums did NOT match`] : []
  const count = (n: number, one: string, many: string): string[] => (n ? [n === 1 ? `1 ${one}` : `${n} ${many}`] : [])
  return [
    ...count(gone, 'listed file could not be read', 'listed files could not be read'),
    ...count(changed, 'computed checksum did NOT match', 'computed checksums did NOT match'),
  ]
}

const missing = ({ flavour }: Call, file: string): string =>
  flavour === 'busybox' ? `can't open '${file}': No such file or directory` : `${file}: No such file or directory`
