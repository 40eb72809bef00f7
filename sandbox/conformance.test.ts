/** docs/conformance.md counts what it lists, and every test of ours that it names is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const text = readFileSync(join(import.meta.dirname, '../docs/conformance.md'), 'utf8')
const [head = '', ...sections] = text.split('\n## ')

interface Row {
  area: string
  name: string
  passes: string
  file: string
}

const rows: Row[] = sections.flatMap(section => {
  const [area = '', ...lines] = section.split('\n')
  return lines
    .filter(line => line.startsWith('| ') && !line.startsWith('| test |'))
    .map(line => {
      const [name = '', passes = '', file = ''] = line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map(s => s.trim())
      return { area, name, passes, file }
    })
})

describe('docs/conformance.md', () => {
  it('lists every test of the suite once, and says of each whether it passes', () => {
    expect(rows).toHaveLength(446)
    expect(new Set(rows.map(r => r.name)).size).toBe(rows.length)
    expect(rows.filter(r => !/^(yes|no: .+)$/.test(r.passes))).toEqual([])
  })

  it('counts right', () => {
    const areas = [...new Set(rows.map(r => r.area))]
    const passing = (list: readonly Row[]): number => list.filter(r => r.passes === 'yes').length
    for (const area of areas) {
      const list = rows.filter(r => r.area === area)
      expect(head).toContain(`| ${area} | ${list.length} | ${passing(list)} |`)
    }
    expect(head).toContain(`has ${rows.length} tests. Of these we believe that ${passing(rows)} pass`)
  })

  it('names tests that are there, for everything that passes', () => {
    const missing = rows.filter(r => r.passes === 'yes' && !(r.file && existsSync(join(import.meta.dirname, r.file))))
    expect(missing).toEqual([])
  })
})
