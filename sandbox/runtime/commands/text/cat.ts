/** `cat`. */
import { bytesOfText } from '../../../bytes.ts'
import { type Command, complain, options, print } from '../command.ts'
import { inputs } from './reading.ts'

/** Of a line: control characters and bytes above ASCII as `^I`, `M-C`. @param tabs whether tabs are shown too */
function visible(line: string, tabs: boolean): string {
  let out = ''
  for (const byte of bytesOfText(line)) {
    const low = byte & 127
    if (byte > 127) out += 'M-'
    if (low === 9 && byte < 128 && !tabs) out += '\t'
    else out += low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low)
  }
  return out
}

export const cat: Command = async call => {
  const flags = options(call, 'nAbeEstTuv')
  let code = 0
  let number = 0
  const has = (letters: string): boolean => [...letters].some(letter => flags.has(letter))
  const numbered = has('nb')
  const dollar = has('AeE') ? '$' : ''
  const shown = (line: string): string => (has('AeTtv') ? visible(line, has('ATt')) : line)
  const line = (text: string): string =>
    `${numbered && (text || !has('b')) ? `${String(++number).padStart(6)}\t` : ''}${shown(text)}`
  const target = call.flavour === 'gnu' ? call.process.fds[1]?.file?.identity : undefined
  for await (const { name, stream } of inputs(call, flags.rest, () => {
    code = 1
  })) {
    // It would never come to the end of what it makes longer.
    if (target && stream.file?.identity === target && stream.file.left > 0) {
      code = await complain(call, `${name === 'standard input' ? '-' : name}: input file is output file`)
      continue
    }
    let carry = ''
    for (let data = await stream.read(call.process); data; data = await stream.read(call.process)) {
      const pause = call.process.tick()
      if (pause) await pause
      if (!has('nbAeETtv')) {
        await print(call, data)
        continue
      }
      const parts = (carry + data).split('\n')
      carry = parts.pop()!
      await print(call, parts.map(text => `${line(text)}${dollar}\n`).join(''))
    }
    if (carry) await print(call, line(carry))
  }
  return code
}
