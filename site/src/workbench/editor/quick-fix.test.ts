/** Corrections that the editor offers. */
import { expect, test } from 'vitest'
import type { monaco } from './monaco.ts'
import { distance, fieldNames, nearest, withoutGuesses } from './quick-fix.ts'

const schema = {
  definitions: {
    pod: { properties: { spec: { properties: { containers: {}, restartPolicy: {} } }, metadata: {} } },
    other: { oneOf: [{ properties: { container: {} } }] },
  },
}

test('the names of fields, however deep', () => {
  expect([...fieldNames(schema)].sort()).toEqual(['container', 'containers', 'metadata', 'restartPolicy', 'spec'])
})

test.each([
  ['containrs', ['containers']],
  ['contianers', ['containers']],
  ['restartpolicy', ['restartPolicy']],
  ['containers', []],
  ['spek', ['spec']],
  ['abc', []],
  ['nothingLikeIt', []],
])('%s: did you mean %j', (word, names) => {
  expect(nearest(word, fieldNames(schema))).toEqual(names)
})

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['kitten', 'sitting', 3],
])('from %s to %s is %i', (a, b, d) => {
  expect(distance(a, b, 5)).toBe(d)
})

test('no other field is offered in a field’s place, but another value is in a value’s', async () => {
  const line = 'imagePullPolcy: Alwais'
  const put = (text: string, startColumn: number, endColumn: number): monaco.languages.CodeAction => {
    const range = { startLineNumber: 1, endLineNumber: 1, startColumn, endColumn }
    return { title: text, edit: { edits: [{ textEdit: { text, range } }] } } as monaco.languages.CodeAction
  }
  const { provideCodeActions } = withoutGuesses({
    provideCodeActions: () => ({ actions: [put('args', 1, 15), put('Always', 17, 23)], dispose() {} }),
  })
  const file = { getLineContent: () => line } as unknown as monaco.editor.ITextModel
  const found = await provideCodeActions(
    file,
    {} as monaco.Range,
    {} as monaco.languages.CodeActionContext,
    {} as monaco.CancellationToken,
  )
  expect(found?.actions.map(a => a.title)).toEqual(['Always'])
})
