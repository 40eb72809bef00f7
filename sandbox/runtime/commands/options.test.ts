import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

const said = async (script: string): Promise<string> => {
  const { out, err } = await machine().sh(script, { image: 'debian:12' })
  return out + err
}

test('a long name takes no letter that means something else, and no word that is not its own', async () => {
  const files = 'mkdir -p /w/d; cd /w; echo one > d/a; echo one > d/b.txt'
  expect(await said(`${files}; grep -rIl one d | sort; grep --color one d/a; grep -rl --include '*.txt' one d`)).toBe(
    'd/a\nd/b.txt\none\nd/b.txt\n',
  )
  expect(
    await said(`${files}; grep -rl --exclude '*.txt' one d; grep --color=always one d/a | od -c | head -c 12`),
  ).toBe('d/a\n0000000 033 ')
  expect(await said(`${files}; rm --preserve-root d/a; ls d; rm -rI / 2>&1 | head -n 1`)).toBe(
    "b.txt\nrm: it is dangerous to operate recursively on '/'\n",
  )
  expect(await said(`${files}; tar -cSf t --exclude '*.txt' d; tar -xf t --strip-components 1; ls`)).toBe('a\nd\nt\n')
  expect(
    await said("echo a:b:c | cut -d: -f2 --complement --output-delimiter '-'; echo | cut -v -f1 2>&1 | head -n 1"),
  ).toBe("a-c\ncut: invalid option -- 'v'\n")
})
