/** Reads the `<Output>`s of a page from its source, in order. */

export interface OutputStep {
  cmd: string
  before?: string
  waitMs?: number
  fault?: string
}

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

export const milliseconds = (text: string): number =>
  [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (units[unit ?? ''] ?? 0),
    0,
  )

/** Attributes of one tag: `a="x"`, `a={`x`}`, `a={'x'}`, `a`. */
function attributes(tag: string): Record<string, string> {
  const found: Record<string, string> = {}
  const pattern =
    /([\w-]+)(?:=(?:"([^"]*)"|'([^']*)'|\{\s*(?:`((?:[^`\\]|\\.)*)`|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\}))?/g
  for (const [, name = '', a, b, c, d, e] of tag.matchAll(pattern)) {
    const escaped = c ?? d ?? e
    found[name] = a ?? b ?? escaped?.replace(/\\(.)/g, (_, ch: string) => (ch === 'n' ? '\n' : ch)) ?? ''
  }
  return found
}

export const outputSteps = (source: string): OutputStep[] =>
  [
    ...source.matchAll(
      /<Output\s((?:[^>"'`{}]|"[^"]*"|'[^']*'|\{(?:`(?:[^`\\]|\\.)*`|"[^"]*"|'[^']*'|[^{}])*\})*?)\/?>/g,
    ),
  ].map(([, tag = '']) => {
    const { cmd = '', before, wait, fault } = attributes(tag)
    return { cmd, ...(before && { before }), ...(wait && { waitMs: milliseconds(wait) }), ...(fault && { fault }) }
  })

/** @param lines such as `1-4`: these of its lines only */
export function shownOf(text: string, lines = ''): string {
  const [from = 1, to = Number.POSITIVE_INFINITY] = lines.split('-').filter(Boolean).map(Number)
  return text
    .replace(/\n$/, '')
    .split('\n')
    .slice(from - 1, to)
    .join('\n')
}
