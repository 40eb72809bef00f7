/** Tools of text whose standard streams lead to files: recorded from coreutils 9.1. */
import { describe, expect, it } from 'vitest'
import { machine } from '../../testing.ts'

const gnu = (script: string) => machine().sh(`cd /tmp; ${script}`, { image: 'debian:12' })

describe('cat', () => {
  it('never copies a file to its own end', async () => {
    const { out } = await gnu('exec 3>&1 >F 2>&1; echo hi; cat F >&2; cat F >&3')
    expect(out).toBe('hi\ncat: F: input file is output file\n')
    const read = await gnu('echo a >F; (cat - F) <F >>F; echo $?; cat F 1<>F; cat F')
    expect(read).toMatchObject({
      out: '1\na\n',
      err: 'cat: -: input file is output file\ncat: F: input file is output file\ncat: F: input file is output file\n',
    })
  })

  it('has nothing against a file that has no more to give', async () => {
    expect(await gnu('cat F >F; echo a >F; (read x; cat) <F >>F; echo $?')).toMatchObject({ out: '0\n' })
  })
})

describe('wc', () => {
  it('makes room for what is no file alone', async () => {
    const { out } = await gnu('echo a >F; wc F; wc <F; wc - F <F; wc <F -; cat F | wc')
    expect(out).toBe('1 1 2 F\n1 1 2\n1 1 2 -\n1 1 2 F\n2 2 4 total\n1 1 2 -\n      1       1       2\n')
  })
})
