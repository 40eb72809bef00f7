/** Figures as Prometheus reads them. */

/** As Go prints the shortest number: with an exponent from a million on. */
export function goNumber(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  return `${digits}e${power < 0 ? '-' : '+'}${Math.abs(power).toString().padStart(2, '0')}`
}

export interface Family {
  help: string
  type: 'counter' | 'gauge'
  /** Values with their labels. */
  of: readonly [labels: Readonly<Record<string, string>>, value: number][]
  /** Whether values are dated. */
  isDated?: boolean
}

export function printed(families: Readonly<Record<string, Family>>, now: number): string {
  const lines: string[] = []
  for (const [name, { help, type, of, isDated }] of Object.entries(families)) {
    if (!of.length) continue
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
    for (const [labels, value] of of) {
      const named = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`)
      lines.push(`${name}${named.length ? `{${named}}` : ''} ${goNumber(value)}${isDated ? ` ${now}` : ''}`)
    }
  }
  return `${lines.join('\n')}\n`
}
