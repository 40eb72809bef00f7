/** The table of figures as they are printed, and the ratios to the peer that must not get worse. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Ratios as they were when somebody last said `--save`; figures of machines differ, ratios of one run hardly do. */
const FILE = new URL('./ratios.json', import.meta.url)
/** Less than this part of a stored ratio is a regression. */
const TOLERATED = 0.9

/** How a figure is written, and whether more of it is better. */
interface Unit {
  write(value: number): string
  more: boolean
}

const digits = (n: number): string => (n >= 100 ? Math.round(n).toLocaleString('en') : n.toFixed(1))

export const MS: Unit = { write: n => `${digits(n)} ms`, more: false }
export const PER_SECOND: Unit = { write: n => `${digits(n)} /s`, more: true }
export const KB: Unit = { write: n => `${digits(n)} KB`, more: false }
export const COUNT: Unit = { write: digits, more: false }

export interface Line {
  name: string
  unit: Unit
  here: number
  goal?: number
  /** What the peer took for the same. */
  peer?: number
  /** The peer did not come to an end: it takes more than this. */
  unfinished?: boolean
}

export class Report {
  readonly #ratios: Record<string, number> = {}

  constructor(withPeer: boolean) {
    print(['', 'here', 'goal', ...(withPeer ? ['peer', 'ratio'] : [])])
  }

  line({ name, unit, here, goal, peer, unfinished }: Line): void {
    const cells = [name, unit.write(here), goal === undefined ? '' : `${unit.more ? '≥' : '≤'} ${unit.write(goal)}`]
    if (peer !== undefined) {
      const ratio = unit.more ? here / peer : peer / here
      if (!unfinished) this.#ratios[name] = Number(ratio.toPrecision(3))
      const sign = unfinished ? '> ' : ''
      cells.push(`${sign}${unit.write(peer)}`, `${sign}${digits(ratio)} ×`)
    }
    print(cells)
  }

  save(): void {
    writeFileSync(FILE, `${JSON.stringify(this.#ratios, null, 2)}\n`)
  }

  /** What has become worse than the stored ratios allow. */
  regressions(): string[] {
    const stored: Record<string, number> = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {}
    return Object.entries(this.#ratios)
      .filter(([name, ratio]) => ratio < (stored[name] ?? 0) * TOLERATED)
      .map(([name, ratio]) => `${name}: ${digits(ratio)} × the peer; it was ${digits(stored[name]!)} ×`)
  }
}

const print = ([name = '', ...cells]: readonly string[]): void =>
  console.log([name.padEnd(46), ...cells.map(cell => cell.padStart(14))].join('  ').trimEnd())
