/** What bash 5.2 and the tools of a real Debian 12 answered, recorded once: mistakes above all, and what scripts lean on. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

interface Recorded {
  script: string
  code: number
  out: string
  err: string
}

const recorded = JSON.parse(readFileSync(new URL('./debian.golden.json', import.meta.url), 'utf8')) as Recorded[]

const FILES = String.raw`mkdir -p /w/d/e; cd /w; printf 'one\ntwo\nthree\nfour five\n' > a; printf 'b 2\na 10\nc 1\na 10\n' > b; printf 'x,y,z\n1,2,3\n' > c.csv; echo deep > d/e/f; ln -s a l; ln -s nowhere broken; chmod 640 a; chmod 755 b; printf 'no newline' > n; : > empty; printf 'tab\there\n' > t; mkdir hid; touch hid/.dot; printf 'one\n2\nthree\n' > a2`

test('bash and its tools answer as recorded', async () => {
  for (const { script, code, out, err } of recorded) {
    const run = `${FILES}; exec bash -c '${script.replaceAll("'", "'\\''")}'`
    expect({ script, ...(await machine().sh(run, { image: 'debian:12' })) }).toEqual({ script, code, out, err })
  }
})
