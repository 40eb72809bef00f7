/** gzip, gunzip and zcat; gzip packs without compressing. */
import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { isErrno, words } from '../../errno.ts'
import { byteLength } from '../../files/tree.ts'
import { crc32 } from '../bytes/checksums.ts'
import { type Call, type Command, complain, options, print, Refusal } from '../command.ts'

const HEAD = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
/** How every gzip file begins. */
export const GZIP = textOfBytes(Uint8Array.from(HEAD.slice(0, 3)))

const little = (n: number, bytes: number): number[] => Array.from({ length: bytes }, (_, i) => (n >>> (8 * i)) & 255)

/** Stored blocks of at most 65,535 bytes. */
export function gzip(text: string): string {
  const bytes = bytesOfText(text)
  const out = [...HEAD]
  for (let at = 0; at === 0 || at < bytes.length; at += 65_535) {
    const block = bytes.subarray(at, at + 65_535)
    const last = at + 65_535 >= bytes.length
    out.push(last ? 1 : 0, ...little(block.length, 2), ...little(~block.length, 2))
    for (const byte of block) out.push(byte)
  }
  return textOfBytes(Uint8Array.from([...out, ...little(crc32(bytes), 4), ...little(bytes.length, 4)]))
}

/** undefined: not ours, so really compressed. */
export function gunzip(data: string): string | undefined {
  const packed = bytesOfText(data)
  if (HEAD.some((byte, i) => packed[i] !== byte)) return undefined
  const bytes: number[] = []
  for (let at = HEAD.length; ; ) {
    const last = packed[at] === 1
    if (!last && packed[at] !== 0) return undefined
    const length = packed[at + 1]! + packed[at + 2]! * 256
    for (let i = 0; i < length; i++) bytes.push(packed[at + 5 + i]!)
    at += 5 + length
    if (last) return textOfBytes(Uint8Array.from(bytes))
  }
}

/** What a file is told that cannot be taken: the words, and the exit code. */
type Fault = readonly [message: string, code: number]

const notPacked = (call: Call, name: string): Fault => {
  if (call.flavour === 'gnu') return [`${name}: not in gzip format`, 1]
  return [call.name === 'zcat' ? 'no gzip/bzip2/xz magic' : 'invalid magic', 1]
}

/** How much was saved, without what is around the packed data, as GNU reckons it. */
function ratio(plain: number, packed: number): string {
  const saved = plain ? (100 * (plain - (packed - HEAD.length - 8))) / plain : 0
  return `${saved.toFixed(1).padStart(5)}%`
}

/** gzip, gunzip and zcat: each file in its place, or standard input. */
export const gzipCommand: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const unzips = call.name === 'gunzip' || call.name === 'zcat'
  // GNU's gunzip and zcat are scripts that call gzip.
  const said = gnu ? { ...call, name: 'gzip' } : call
  const flags = options(said, gnu ? 'cdfklnqrtvN123456789' : 'cdfkt123456789nqv', {
    stdout: 'c',
    'to-stdout': 'c',
    decompress: 'd',
    uncompress: 'd',
    keep: 'k',
    force: 'f',
    list: 'l',
    test: 't',
    verbose: 'v',
    quiet: 'q',
    'no-name': 'n',
    name: 'N',
    fast: '1',
    best: '9',
  })
  if (flags.has('r')) throw new Refusal('-r: not simulated', 126)
  const testing = flags.has('t')
  const unzip = flags.has('d') || testing || flags.has('l') || unzips
  const toOutput = flags.has('c') || call.name === 'zcat'
  let code = 0
  const fail = async ([message, worst]: Fault): Promise<void> => {
    if (gnu && message.endsWith('not in gzip format')) await call.process.write(2, '\n')
    await complain(said, message)
    if (code !== 1) code = worst
  }
  if (flags.has('l')) await print(call, '         compressed        uncompressed  ratio uncompressed_name\n')
  for (const given of flags.rest.length ? flags.rest : ['-']) {
    const found = await find(call, given, {
      unzip,
      gnu,
      toOutput: toOutput || testing || flags.has('l'),
      force: flags.has('f'),
    })
    if ('fault' in found) {
      await fail(found.fault)
      continue
    }
    const { name, text, target } = found
    const made = unzip ? gunzip(text) : gzip(text)
    if (made === undefined) {
      const shown = name === '-' ? 'stdin' : name
      if (text.startsWith(GZIP)) await fail(['decompressing is not simulated', 126])
      else await fail(notPacked(call, shown))
      continue
    }
    const [plain, packed] = unzip ? [made, text] : [text, made]
    const saved = ratio(byteLength(plain), byteLength(packed))
    if (flags.has('l')) {
      const sizes = [byteLength(packed), byteLength(plain)].map(n => String(n).padStart(19)).join(' ')
      await print(call, `${sizes} ${saved} ${name === '-' ? 'stdout' : name.replace(/\.t?gz$/, '')}\n`)
    } else if (testing) {
      if (flags.has('v')) await call.process.write(2, `${name}:\t OK\n`)
    } else if (toOutput || target === undefined) await print(call, made)
    else {
      call.process.fs.writeFile(target, made)
      if (!flags.has('k')) call.process.fs.unlink(name)
      const how = flags.has('k') ? 'created' : 'replaced with'
      if (flags.has('v') && gnu) await call.process.write(2, `${name}:\t${saved} -- ${how} ${target}\n`)
    }
  }
  return code
}

interface Found {
  name: string
  text: string
  /** What takes its place. */
  target?: string
}

/** Reads what is to be worked on, and says where the result goes. */
async function find(
  call: Call,
  name: string,
  { unzip, gnu, toOutput, force }: { unzip: boolean; gnu: boolean; toOutput: boolean; force: boolean },
): Promise<Found | { fault: Fault }> {
  const { fs } = call.process
  if (name === '-') return { name, text: await readAll(call) }
  const fault = (message: string, code = 1): { fault: Fault } => ({ fault: [message, gnu ? code : 1] })
  // GNU's looks for the usual suffix itself.
  const there = gnu && unzip && !fs.exists(name) ? `${name}.gz` : name
  let text: string
  try {
    if (fs.stat(there).type === 'directory') {
      if (gnu) return fault(`${there} is a directory -- ignored`, 2)
      return fault(unzip ? `${there}: unknown suffix - ignored` : `${there}: ${words('EISDIR')}`)
    }
    text = fs.readFile(there)
  } catch (error) {
    if (!isErrno(error)) throw error
    return fault(`${there}: ${error.message}`)
  }
  if (toOutput) return { name: there, text }
  const packed = /\.(gz|tgz|z|Z)$/.exec(there)
  if (gnu && !unzip && packed && !force) return fault(`${there} already has ${packed[0]} suffix -- unchanged`, 0)
  if (unzip && !packed) return fault(`${there}: unknown suffix -${gnu ? '-' : ''} ignored`, 2)
  const target = unzip ? there.replace(/\.(gz|z|Z)$/, '').replace(/\.tgz$/, '.tar') : `${there}.gz`
  if (fs.exists(target) && !force)
    return fault(gnu ? `${target} already exists;\tnot overwritten` : `can't open '${target}': ${words('EEXIST')}`, 2)
  return { name: there, text, target }
}

async function readAll({ process }: Call): Promise<string> {
  let text = ''
  for (let data = await process.read(0); data; data = await process.read(0)) text += data
  return text
}
