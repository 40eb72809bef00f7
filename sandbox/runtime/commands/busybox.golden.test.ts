/** Tools and what those of a real busybox (1.35) answered, recorded once; and how their use is told. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

interface Recorded {
  script: string
  code: number
  out: string
  err: string
}

const recorded = JSON.parse(readFileSync(new URL('./busybox.golden.json', import.meta.url), 'utf8')) as Recorded[]

const FILES =
  "cd /tmp; rm -rf wk; mkdir wk; cd wk; printf 'banana 3\\napple 10\\ncherry 2\\n' > f; printf 'a:b:c\\nd:e:f\\n' > c; "

test('tools answer as recorded', async () => {
  for (const { script, code, out, err } of recorded)
    expect({ script, ...(await machine().sh(FILES + script)) }).toEqual({ script, code, out, err })
})

const BANNER = 'BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.\n\n'

test('a wrong use is answered with the right one', async () => {
  const use = `${BANNER}Usage: mkdir [-m MODE] [-p] DIRECTORY...\n\nCreate DIRECTORY\n\n\t-m MODE\tMode\n\t-p\tNo error if exists; make parent directories as needed\n`
  expect(await machine().sh('mkdir')).toEqual({ code: 1, out: '', err: use })
  expect(await machine().sh('mkdir -z x')).toEqual({ code: 1, out: '', err: `mkdir: invalid option -- 'z'\n${use}` })
  expect(await machine().sh('mkdir --help')).toEqual({ code: 0, out: '', err: use })
  expect(await machine().sh('mkdir --help x; ls x')).toMatchObject({ err: `${use}ls: x: No such file or directory\n` })
  expect(await machine().sh('echo --help; true --help; egrep --help')).toEqual({
    code: 0,
    out: '--help\n',
    err: `${BANNER}No help available\n`,
  })
  expect(await machine().sh('mkdir -z x', { image: 'debian:12' })).toEqual({
    code: 1,
    out: '',
    err: "mkdir: invalid option -- 'z'\nTry 'mkdir --help' for more information.\n",
  })
})

test('tools of GNU answer what they are and how they are used, wherever among the options one asks', async () => {
  const { sh } = machine()
  const image = 'debian:12'
  const help = /^Usage: ls \[OPTION\]\.\.\. \[FILE\]\.\.\.\nList information about the FILEs/
  expect((await sh('ls --help', { image })).out).toMatch(help)
  expect((await sh('ls -l --help', { image })).out).toMatch(help)
  expect((await sh('seq --version', { image })).out).toMatch(/^seq \(GNU coreutils\) 9\.1\nCopyright/)
  // What comes behind a double dash is a name, what comes behind a command is that command's.
  expect((await sh('ls -- --help', { image })).err).toBe("ls: cannot access '--help': No such file or directory\n")
  expect((await sh('timeout 5 ls --help', { image })).out).toMatch(help)
})

test('busybox lists its applets', async () => {
  expect((await machine().sh('busybox')).out).toMatch(
    /^BusyBox v1\.36\.1 .*\nBusyBox is copyrighted .*\n.*\n.*\n\nUsage: busybox \[function \[arguments\]\.\.\.\]\n[\s\S]*Currently defined functions:\n\t\[, arch, arp, ash, /,
  )
  expect((await machine().sh('busybox --list | grep -x ls')).out).toBe('ls\n')
})

test.each([
  ['busybox:1.36', "can't open 'f'", 'f', 'following end of new file'],
  ['debian:12', "cannot open 'f' for reading", "'f'", ' following new file'],
])('tail -F of %s waits for a file that is not there yet', async (image, missing, name, following) => {
  const script =
    'cd /tmp; tail -F f & sleep 2; echo one > f; sleep 2; echo two >> f; sleep 2; mv f g; echo three > f; sleep 2; kill $!'
  expect(await machine().sh(script, { image })).toEqual({
    code: 0,
    out: 'one\ntwo\nthree\n',
    err: `tail: ${missing}: No such file or directory\ntail: ${name} has appeared; ${following}\ntail: ${name} has been replaced; ${following}\n`,
  })
})
