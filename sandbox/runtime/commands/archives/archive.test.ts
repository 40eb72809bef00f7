/** tar: making archives and taking them apart. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { machine } from '../../testing.ts'
import { gunzip, gzip } from './gzip.ts'
import { pack, unpack } from './ustar.ts'

const sh = async (script: string, image = 'busybox:1.36'): Promise<string> => {
  const { out, err } = await machine().sh(script, { image })
  return out + err
}

describe('tar', () => {
  const tree = 'mkdir -p d/e && echo one > d/a && echo zwei ü > d/e/b && ln -s a d/l && chmod 600 d/a'

  it('packs a directory and unpacks it elsewhere', async () => {
    expect(
      await sh(`${tree}; tar czf d.tgz d; mkdir out; tar xzf d.tgz -C out; cat out/d/e/b out/d/l; stat -c %a out/d/a`),
    ).toBe('zwei ü\none\n600\n')
  })

  it('lists, and goes through pipes', async () => {
    expect(await sh(`${tree}; tar cf - d | tar tf -`)).toBe('d/\nd/a\nd/e/\nd/e/b\nd/l\n')
    expect(await sh(`${tree}; tar -cf x.tar -C d a e; tar -xOf x.tar a`)).toBe('one\n')
  })

  it('says which of the names asked for are not in it', async () => {
    const script = 'echo 1 > a; tar cf x.tar a; tar xf x.tar a; echo $?; tar xf x.tar b; echo $?'
    expect(await sh(script)).toBe('0\n1\ntar: b: not found in archive\n')
    expect(await sh(script, 'debian:12')).toBe(
      '0\n2\ntar: b: Not found in archive\ntar: Exiting with failure status due to previous errors\n',
    )
  })

  it('refuses what is no archive', async () => {
    expect(await sh('echo hello > x.tar; tar xf x.tar')).toBe('tar: invalid tar magic\n')
  })
})

describe('gzip', () => {
  it('takes the place of a file and gives it back', async () => {
    expect(await sh('echo hello > a; gzip a; ls; gunzip a.gz; cat a; echo x | gzip | zcat')).toContain('a.gz\n')
    expect(await sh('echo hello > a; gzip -c a > b.gz; zcat b.gz; gzip -d < b.gz')).toBe('hello\nhello\n')
    expect(await sh('echo hello > a.gz; gunzip a.gz')).toBe('gunzip: invalid magic\n')
  })

  it('says what it cannot do in the words of each', async () => {
    const script =
      'mkdir d; echo x >f; echo y >n.gz; gzip d; gunzip f; gzip -k f; gzip f; gunzip f.gz; zcat n.gz; gunzip n.gz; gzip nope; gunzip nope; gzip f.gz; echo $?'
    expect(await sh(script)).toBe(
      [
        '0',
        'gzip: d: Is a directory',
        'gunzip: f: unknown suffix - ignored',
        "gzip: can't open 'f.gz': File exists",
        "gunzip: can't open 'f': File exists",
        'zcat: no gzip/bzip2/xz magic',
        'gunzip: invalid magic',
        'gzip: nope: No such file or directory',
        'gunzip: nope: No such file or directory',
        '',
      ].join('\n'),
    )
    expect(await sh(script, 'debian:bookworm')).toBe(
      [
        '0',
        'gzip: d is a directory -- ignored',
        'gzip: f: unknown suffix -- ignored',
        'gzip: f.gz already exists;\tnot overwritten',
        'gzip: f already exists;\tnot overwritten',
        '',
        'gzip: n.gz: not in gzip format',
        '',
        'gzip: n.gz: not in gzip format',
        'gzip: nope: No such file or directory',
        'gzip: nope.gz: No such file or directory',
        'gzip: f.gz already has .gz suffix -- unchanged',
        '',
      ].join('\n'),
    )
    expect(
      await sh('seq 3 >s; gzip s; gzip -t s.gz && gzip -l s.gz | head -1; gunzip -c s.gz | tail -1', 'debian:bookworm'),
    ).toBe('         compressed        uncompressed  ratio uncompressed_name\n3\n')
  })

  it('loses nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), text => gunzip(gzip(text)) === text))
    const entry = (name: string, text: string) =>
      ({ name, type: '0', mode: 0o644, uid: 0, gid: 0, mtime: 1_700_000_000_000, link: '', text }) as const
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 2000 }), { maxLength: 5 }), texts => {
        const entries = texts.map((text, i) => entry(`file-${i}`, text))
        expect(unpack(pack(entries))).toEqual(entries)
      }),
      { numRuns: 30 },
    )
  })
})

describe('watch', () => {
  it('shows the output of a command again and again', async () => {
    const m = machine()
    const container = m.run('busybox:1.36', { command: ['watch', '-n', '5', 'echo', 'hi'] })
    await m.clock.advance(11_000)
    const shown = container.logs.lines().map(l => l.text)
    expect(shown.filter(line => line === 'hi')).toHaveLength(3)
    expect(shown[0]).toMatch(/Every 5s: echo hi/)
    container.kill('KILL')
  })
})

describe('less', () => {
  it('goes through a text by keys', async () => {
    const m = machine()
    const container = m.run('busybox:1.36', { command: ['sleep', '1d'] })
    const session = container.exec({ argv: ['sh', '-c', 'seq 1 100 | less; echo done'], tty: true, stdin: true })
    let screen = ''
    session.onOutput((_, data) => (screen += data))
    session.resize(80, 11)
    const press = async (key: string): Promise<string> => {
      screen = ''
      session.writeStdin(key)
      await m.clock.advance(1000)
      return screen
    }
    await m.clock.advance(1000)
    expect(await press(' ')).toContain('\n20\r\n')
    expect(await press('G')).toContain('(END)')
    expect(await press('/50\r')).toContain('Pattern not found')
    expect(await press('g')).toContain('\x1b[J1\r\n2\r\n')
    expect(await press('q')).toContain('done')
  })
})
