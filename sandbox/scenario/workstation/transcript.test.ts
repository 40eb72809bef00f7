/** Commands pasted with the prompts that they were shown with. */
import { expect, it } from 'vitest'
import { withoutPrompts } from './transcript.ts'

it('commands lose the prompts they were shown with', () => {
  expect(withoutPrompts('$ kubectl get pods\r')).toBe('kubectl get pods\r')
  expect(withoutPrompts('$ echo one\r$ echo two\r\n\r\n$ echo three')).toBe('echo one\recho two\r\n\r\necho three')
})

it('so do the lines that go on with a command, an empty one too', () => {
  const shown = '$ cat <<EOF | kubectl apply -f -\r> apiVersion: v1\r>\r>   kind: Pod\r> EOF\r$ echo done\r'
  expect(withoutPrompts(shown)).toBe('cat <<EOF | kubectl apply -f -\rapiVersion: v1\r\r  kind: Pod\rEOF\recho done\r')
})

it('a ">" that belongs to the text stays: after a line without a prompt, and where nothing had one', () => {
  expect(withoutPrompts('$ cat <<EOF\rnote:\r> quoted\rEOF\r')).toBe('cat <<EOF\rnote:\r> quoted\rEOF\r')
  expect(withoutPrompts('> made-empty\r')).toBe('> made-empty\r')
  expect(withoutPrompts('echo a\r$ echo b\r')).toBe('echo a\r$ echo b\r')
})

it('a "$ " that is typed by hand is nobody\'s prompt', () => {
  expect(withoutPrompts('$ ')).toBe('$ ')
  expect(withoutPrompts('$ x')).toBe('$ x')
})
