/** The terminal's keys, clipboard, scrollback and output. */
import { expect, it } from 'vitest'
import { clipboardAction, withControl } from './keys.ts'
import { latest, Scrollback } from './scrollback.ts'
import { createWriter } from './writer.ts'

const stroke = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...more,
})

it('a held Ctrl makes control characters of letters, and leaves the rest alone', () => {
  expect(['c', 'C', 'd', 'r', '[', ' ', '?'].map(withControl)).toEqual([
    '\x03',
    '\x03',
    '\x04',
    '\x12',
    '\x1b',
    '\0',
    '\x7f',
  ])
  expect(['1', '\x1b[A', '中'].map(withControl)).toEqual(['1', '\x1b[A', '中'])
})

it('copies and pastes as terminals do; Ctrl-C and Ctrl-V belong to the shell', () => {
  expect(clipboardAction(stroke('C', { ctrlKey: true, shiftKey: true }))).toBe('copy')
  expect(clipboardAction(stroke('Insert', { ctrlKey: true }))).toBe('copy')
  expect(clipboardAction(stroke('V', { ctrlKey: true, shiftKey: true }))).toBe('paste')
  expect(clipboardAction(stroke('Insert', { shiftKey: true }))).toBe('paste')
  for (const key of ['c', 'v']) expect(clipboardAction(stroke(key, { ctrlKey: true }))).toBeUndefined()
})

it('a text that is too long is cut at the beginning of a line', () => {
  expect(latest('one\ntwo\nthree\n', 12)).toBe('two\nthree\n')
  expect(latest('short', 12)).toBe('short')
  expect(latest('without any newline', 7)).toBe('newline')
})

it('a terminal remembers its last lines, whole', () => {
  const scrollback = new Scrollback()
  for (let i = 1; i <= 60_000; i++) scrollback.add(`line ${i}\r\n`)
  const lines = scrollback.text().split('\r\n')
  expect(lines.at(-2)).toBe('line 60000')
  expect(lines[0]).toMatch(/^line \d+$/)
  expect(scrollback.text().length).toBeLessThanOrEqual(400_000)
})

it('the screen gets a piece at a time, in order, and of a flood the end', () => {
  const drawn: string[] = []
  const pending: (() => void)[] = []
  const writer = createWriter((data, done) => {
    drawn.push(data)
    pending.push(done)
  })
  writer.add('first\r\n')
  for (let i = 1; i <= 120_000; i++) writer.add(`line ${i}\r\n`)
  expect(drawn).toEqual(['first\r\n'])
  while (pending.length) pending.shift()!()
  expect(drawn.every(piece => piece.length <= 128 * 1024)).toBe(true)
  const text = drawn.join('')
  expect(text.endsWith('line 120000\r\n')).toBe(true)
  expect(text.length).toBeLessThan(1_100_000)
})
