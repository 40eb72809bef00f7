/** `base32`: bytes as letters that nobody mistakes for one another, and back. */
import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { inputs, readAll } from '../text/reading.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const USUAL_WIDTH = 76

export const base32: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const long = { decode: 'd', 'ignore-garbage': 'i', wrap: 'w' }
  const flags = options(call, gnu ? 'diw:' : 'dw:', gnu ? long : {})
  const [file = '-', more] = flags.rest
  if (more !== undefined) throw new Missing(`extra operand ${gnu ? `'${more}'` : more}`)
  const width = flags.value('w') ?? String(USUAL_WIDTH)
  if (!/^\d+$/.test(width)) throw new Refusal(gnu ? `invalid wrap size: '${width}'` : `invalid number '${width}'`)
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { stream } of inputs(call, [file], failed)) {
    const text = await readAll(call.process, stream)
    if (!flags.has('d')) {
      const letters = encoded(bytesOfText(text))
      await print(call, Number(width) ? letters.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n') : letters)
      continue
    }
    const letters = !gnu || flags.has('i') ? text.replace(/[^A-Z2-7=]/g, '') : text.replace(/\n/g, '')
    const good = goodStart(letters)
    await print(call, textOfBytes(decoded(letters.slice(0, good).replaceAll('=', ''))))
    if (good < letters.length) code = await complain(call, gnu ? 'invalid input' : 'truncated input')
  }
  return code
}

/** Eight letters, of which the last may be padding. */
const GROUP = /[A-Z2-7]{8}|[A-Z2-7]{2}={6}|[A-Z2-7]{4}={4}|[A-Z2-7]{5}={3}|[A-Z2-7]{7}=/y

/** How many letters from the start are whole groups: looked at one by one, since all in one expression would overflow its stack. */
function goodStart(letters: string): number {
  let end = 0
  for (GROUP.lastIndex = 0; GROUP.test(letters); ) end = GROUP.lastIndex
  return end
}

/** Five bits to a letter, eight letters to five bytes. */
function encoded(bytes: Uint8Array): string {
  let out = ''
  let [bits, count] = [0, 0]
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    for (count += 8; count >= 5; count -= 5) out += LETTERS[(bits >> (count - 5)) & 31]
  }
  if (count) out += LETTERS[(bits << (5 - count)) & 31]
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=')
}

function decoded(letters: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8))
  let length = 0
  let [bits, count] = [0, 0]
  for (const letter of letters) {
    bits = ((bits << 5) | LETTERS.indexOf(letter)) & 0xfff
    count += 5
    if (count >= 8) {
      count -= 8
      bytes[length++] = (bits >> count) & 255
    }
  }
  return bytes
}
