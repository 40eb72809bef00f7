/** Colouring code. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeHtml, highlight, prompted } from './highlight.ts'

const plain = (html: string): string => html.replace(/<[^>]*>/g, '')

test('colouring never changes the text, whatever it holds', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          '- a: 1 # x',
          '</script>',
          'k: "v"',
          '$ kubectl get -o wide',
          "'",
          '"',
          ' #',
          '|',
          '  ',
          'cat > a.yaml <<EOF',
          'EOF',
        ),
      )
      .map(l => l.join('\n')),
  )
  fc.assert(
    fc.property(text, fc.constantFrom('yaml', 'sh', 'console', 'text'), (source, language) => {
      expect(plain(highlight(source, language))).toBe(escapeHtml(source))
    }),
  )
})

test('a manifest shows its keys, strings, numbers and comments apart', () => {
  expect(highlight('- name: web # the server', 'yaml')).toBe(
    '- <span class="tok-key">name</span>: web <span class="tok-comment"># the server</span>',
  )
  expect(highlight('port: 80', 'yaml')).toContain('<span class="tok-number"> 80</span>')
  expect(highlight('image: nginx:1.27', 'yaml')).toBe('<span class="tok-key">image</span>: nginx:1.27')
})

test('what a here-document holds is no command', () => {
  const lines = highlight(
    "cat > pod.yaml <<'EOF'\nkind: Pod\nEOF\nkubectl apply -f - <<EOF\nkind: Pod\nEOF\necho",
    'sh',
  ).split('\n')
  expect(lines.filter(line => line.includes('kind'))).toEqual(Array(2).fill('<span class="tok-key">kind</span>: Pod'))
  expect(lines.at(-1)).toBe('<span class="tok-command">echo</span>')
})

test('every command has its prompt, and what goes on with one has none', () => {
  expect(prompted('IP=10.0.0.1\ncurl $IP')).toBe('$ IP=10.0.0.1\n$ curl $IP')
  expect(prompted('kubectl run web \\\n  --image=nginx')).toBe('$ kubectl run web \\\n  --image=nginx')
  expect(prompted('cat > a <<EOF\nkind: Pod\nEOF')).toBe('$ cat > a <<EOF\nkind: Pod\nEOF')
})
