/** The order of a group's versions: stable before beta before alpha, v2 before v1, and then what is named otherwise. */

/** To sort by; negative where a comes first. */
export function byMaturity(a: string, b: string): number {
  const rank = (v: string): number[] => {
    const m = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(v)
    return m ? [m[2] === undefined ? 2 : m[2] === 'beta' ? 1 : 0, Number(m[1]), Number(m[3] ?? 0)] : [-1, 0, 0]
  }
  const x = rank(a)
  const y = rank(b)
  for (let i = 0; i < 3; i++) if (x[i] !== y[i]) return y[i]! - x[i]!
  return a < b ? -1 : 1
}
