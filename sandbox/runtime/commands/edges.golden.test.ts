/** Tools and their options, mistakes above all: what busybox 1.36's and Debian 12's answered, recorded once. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answerTo, type Recorded } from '../recorded.ts'

const recorded = JSON.parse(readFileSync(new URL('./edges.golden.json', import.meta.url), 'utf8')) as Recorded[]

const FILES = String.raw`mkdir -p /w/d/e; cd /w; printf 'one\ntwo\nthree\nfour five\n' > a; printf 'b 2\na 10\nc 1\na 10\n' > b; printf 'x,y,z\n1,2,3\n' > c.csv; echo deep > d/e/f; ln -s a l; ln -s nowhere broken; chmod 640 a; chmod 755 b; printf 'no newline' > n; : > empty; printf 'tab\there\n' > t; mkdir hid; touch hid/.dot; `

test.each(['ash', 'bash'] as const)(
  'the tools of %s',
  async shell => {
    const mine = recorded.filter(each => each.shell === shell)
    expect(mine.length).toBeGreaterThan(100)
    for (const each of mine) expect(await answerTo(each, FILES)).toEqual(each)
  },
  120_000,
)
