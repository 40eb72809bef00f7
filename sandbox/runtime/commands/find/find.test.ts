/** Which way find walks: through links, and past what is mounted. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

const TREE = 'cd /tmp; mkdir -p t/..data; echo x > t/..data/key; ln -s ..data/key t/key; ln -s nowhere t/lost; cd t; '

test.each([
  ['a link is a link', 'find . -type f', './..data/key'],
  ['with -L it is what it leads to', 'find -L . -type f', './..data/key\n./key'],
  ['so it is with -follow', 'find . -follow -type f -size -2', './..data/key\n./key'],
  ['and a link itself where that is lost', 'find -L . -type l', './lost'],
  ['what is mounted is named and not gone into with -xdev', 'find / -xdev -path "/proc*"', '/proc'],
])('%s', async (_, command, found) => {
  const { out, err } = await machine().sh(`${TREE}${command} | sort`)
  expect({ out, err }).toEqual({ out: `${found}\n`, err: '' })
})
