/** How redis and its clients speak: commands and replies as text. */

export type Reply =
  | { kind: 'status' | 'error'; text: string }
  | { kind: 'bulk'; text: string | undefined }
  | { kind: 'integer'; n: number }
  | { kind: 'array'; items: Reply[] }
  /** An array that there is not. */
  | { kind: 'nothing' }

export const status = (text: string): Reply => ({ kind: 'status', text })
export const ok = status('OK')
export const bulk = (text: string | undefined): Reply => ({ kind: 'bulk', text })
export const nothing: Reply = { kind: 'nothing' }
export const integer = (n: number): Reply => ({ kind: 'integer', n })
export const error = (text: string): Reply => ({ kind: 'error', text })
export const array = (texts: readonly string[]): Reply => ({ kind: 'array', items: texts.map(bulk) })

export function encode(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`
    case 'error':
      return `-${reply.text}\r\n`
    case 'integer':
      return `:${reply.n}\r\n`
    case 'bulk':
      return reply.text === undefined ? '$-1\r\n' : `$${reply.text.length}\r\n${reply.text}\r\n`
    case 'nothing':
      return '*-1\r\n'
    case 'array':
      return `*${reply.items.length}\r\n${reply.items.map(encode).join('')}`
  }
}

/** A command as clients send it. */
export const command = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map(word => `$${word.length}\r\n${word}\r\n`).join('')}`

/** Takes one command off the front: the protocol's arrays, or a plain line. */
export function takeCommand(buffer: string): { words: string[]; rest: string } | undefined {
  if (!buffer.startsWith('*')) {
    const at = buffer.indexOf('\n')
    return at < 0
      ? undefined
      : { words: buffer.slice(0, at).trim().split(/\s+/).filter(Boolean), rest: buffer.slice(at + 1) }
  }
  let at = buffer.indexOf('\r\n')
  if (at < 0) return undefined
  const words: string[] = []
  for (let n = Number(buffer.slice(1, at)); n > 0; n--) {
    const end = buffer.indexOf('\r\n', at + 2)
    if (end < 0) return undefined
    const length = Number(buffer.slice(at + 3, end))
    if (buffer.length < end + 4 + length) return undefined
    words.push(buffer.slice(end + 2, end + 2 + length))
    at = end + 2 + length
  }
  return { words, rest: buffer.slice(at + 2) }
}

/** Reads one reply off the front. */
export function takeReply(buffer: string): { reply: Reply; rest: string } | undefined {
  const at = buffer.indexOf('\r\n')
  if (at < 0) return undefined
  const line = buffer.slice(1, at)
  const rest = buffer.slice(at + 2)
  switch (buffer[0]) {
    case '+':
      return { reply: { kind: 'status', text: line }, rest }
    case '-':
      return { reply: error(line), rest }
    case ':':
      return { reply: integer(Number(line)), rest }
    case '$': {
      const length = Number(line)
      if (length < 0) return { reply: bulk(undefined), rest }
      return rest.length < length + 2 ? undefined : { reply: bulk(rest.slice(0, length)), rest: rest.slice(length + 2) }
    }
    default: {
      if (Number(line) < 0) return { reply: nothing, rest }
      const items: Reply[] = []
      let left = rest
      for (let n = Number(line); n > 0; n--) {
        const item = takeReply(left)
        if (!item) return undefined
        items.push(item.reply)
        left = item.rest
      }
      return { reply: { kind: 'array', items }, rest: left }
    }
  }
}
