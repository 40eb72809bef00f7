/** The way through a script of sed: blocks, labels, and lines that are read ahead. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

test.each([
  ['a branch without a label ends the script, not only its block', '/x/{s/x/y/;b};s/y/z/', 'x\nq\n', 'y\nq\n'],
  ['so does t', '/x/{s/x/y/;t};s/y/z/', 'x\nq\n', 'y\nq\n'],
  ['a block branches to a label around it', '/a/{x;b e};s/b/c/;:e;s/$/!/', 'a\nb\n', '!\nc!\n'],
  ['a label within a block is found there first', '{:a;s/X/Y/;ta;s/Y/Z/}', 'aXX\n', 'aZY\n'],
  ['the last line is known while lines are joined', ':a;N;$!ba;s/\\n/+/g', 'a\nb\nc\n', 'a+b+c\n'],
  ['D begins anew with what is left', '$!N;P;D', 'a\nb\nc\n', 'a\nb\nc\n'],
  ['an end that was not read is not written', 'n;d', 'a\nb\nc', 'a\nc'],
])('%s', async (_, script, input, output) => {
  const { out } = await machine().sh(`printf '${input.replaceAll('\n', '\\n')}' | sed '${script}'`)
  expect(out).toBe(output)
})

test.each([':a;ba', ':a;s/x*/x/;ta', '{:a;b a}', 'G;D'])(
  'a script that goes round for ever is ended by a signal: %s',
  async script => {
    const { out, code } = await machine().sh(`echo x | timeout 1 sed '${script}'; echo $?`)
    expect({ out, code }).toEqual({ out: '143\n', code: 0 })
  },
)
