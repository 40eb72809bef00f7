/** `base64`: bytes as letters and back. */
import { lettersCommand, wholeGroups } from './letters.ts'

const GROUP = /[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=/y

export const lettersOf = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))

export const base64 = lettersCommand({
  encode: lettersOf,
  decode(letters) {
    const good = letters.slice(0, wholeGroups(letters, GROUP))
    const rest = /^[A-Za-z0-9+/]{2,3}/.exec(letters.slice(good.length))?.[0] ?? ''
    const whole = (good.match(/.{4}/g) ?? []).map(four => atob(four)).join('')
    // Of a group that is cut short its whole bytes are there.
    const cut = rest && atob(rest.padEnd(4, 'A')).slice(0, rest.length - 1)
    return { bytes: Uint8Array.from(whole + cut, c => c.charCodeAt(0)), wrong: good.length < letters.length }
  },
  garbage: /[^A-Za-z0-9+/=]/g,
})
