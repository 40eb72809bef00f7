/** How commands read their options. */
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

test('busybox takes a time of day, a day with one, or nothing but digits for a date', async () => {
  const dates = [
    '10:00',
    '11.26-10:00',
    '2026.11.26-10:00:07',
    '202611261000',
    '2611261000.07',
    '261000',
    '25:00',
    '10:0x',
  ]
  const { out, err } = await machine().sh(dates.map(date => `date -d ${date} '+%d %T'`).join('; '))
  const today = new Date(machine().clock.now()).toISOString().slice(8, 10)
  expect(out.split('\n').slice(0, 6)).toEqual([
    `${today} 10:00:00`,
    '26 10:00:00',
    '26 10:00:07',
    '26 10:00:00',
    '26 10:00:07',
    '26 10:00:00',
  ])
  expect(err).toBe("date: invalid date '25:00'\ndate: invalid date '10:0x'\n")
  expect((await machine().sh('date -s 10:00')).err).toBe("date: can't set date: Operation not permitted\n")
})
