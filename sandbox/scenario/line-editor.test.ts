import { describe, expect, test } from 'vitest'
import { LineEditor } from './line-editor.ts'

const type = (keys: string, options: { history?: string[]; columns?: number } = {}) => {
  const editor = new LineEditor({ prompt: '$ ', columns: options.columns ?? 80, history: options.history ?? [] })
  let output = editor.start()
  let last = editor.key('')
  for (const key of keys) {
    last = editor.key(key)
    output += last.output
  }
  return { editor, output, last }
}

describe('a command line', () => {
  test('echoes what is typed and ends with Enter', () => {
    const { output, last } = type('kubectl get pods\r')
    expect(output).toBe('$ kubectl get pods\n')
    expect(last).toMatchObject({ kind: 'line', line: 'kubectl get pods' })
  })

  test.each([
    ['left and insert', 'ab\x1b[Dx', 'axb'],
    ['home and end', 'bc\x01a\x05d', 'abcd'],
    ['backspace', 'abc\x7f', 'ab'],
    ['delete', 'abc\x01\x1b[3~', 'bc'],
    ['kill a word', 'get pods\x17', 'get '],
    ['kill and yank', 'ab cd\x15\x19\x19', 'ab cdab cd'],
    ['kill to the end', 'abcd\x02\x02\x0b', 'ab'],
    ['swap', 'ab\x14', 'ba'],
    ['by words', 'one two\x1bb\x1bbX', 'Xone two'],
    ['one Chinese character at a time', '豆荚\x7f', '豆'],
    ['unknown keys do nothing', 'a\x1b[15~b', 'ab'],
  ])('can be edited: %s', (_, keys, line) => expect(type(keys).editor.line).toBe(line))

  test('recalls earlier lines and keeps the draft', () => {
    const history = ['first', 'second']
    expect(type('dra\x1b[A', { history }).editor.line).toBe('second')
    expect(type('dra\x1b[A\x1b[A\x1b[A', { history }).editor.line).toBe('first')
    expect(type('dra\x1b[A\x1b[B', { history }).editor.line).toBe('dra')
  })

  test('finds a line by Ctrl-R', () => {
    const history = ['kubectl get pods', 'ls', 'kubectl get nodes']
    expect(type('\x12get', { history }).editor.line).toBe('kubectl get nodes')
    expect(type('\x12get\x12', { history }).editor.line).toBe('kubectl get pods')
    expect(type('\x12pods\r', { history }).last).toMatchObject({ kind: 'line', line: 'kubectl get pods' })
    expect(type('x\x12get\x07', { history }).editor.line).toBe('x')
  })

  test('is given up by Ctrl-C, and ends the shell by Ctrl-D when empty', () => {
    expect(type('abc\x03').last.kind).toBe('interrupt')
    expect(type('\x04').last.kind).toBe('end')
    expect(type('ab\x01\x04').editor.line).toBe('b')
  })

  test('redraws over several rows', () => {
    const { output } = type('abcdefgh\x01', { columns: 6 })
    expect(output.endsWith('\x1b[1A\r\x1b[2C')).toBe(true)
  })
})

describe('Tab', () => {
  test('completes the only candidate and adds a space', () => {
    const { editor, last } = type('kubectl get po\t')
    expect(last.kind).toBe('complete')
    editor.complete({ start: 12, candidates: ['pods'] })
    expect(editor.line).toBe('kubectl get pods ')
  })

  test('completes as far as candidates agree, then lists them', () => {
    const { editor } = type('cat s\t')
    const candidates = ['shop.yaml', 'shop.txt']
    editor.complete({ start: 4, candidates })
    expect(editor.line).toBe('cat shop.')
    editor.key('\t')
    expect(editor.complete({ start: 4, candidates })).toBe('\x07')
    editor.key('\t')
    expect(editor.complete({ start: 4, candidates })).toContain('shop.yaml  shop.txt')
  })

  test('adds no space after a directory', () => {
    const { editor } = type('cd d\t')
    editor.complete({ start: 3, candidates: ['docs/'] })
    expect(editor.line).toBe('cd docs/')
  })
})
