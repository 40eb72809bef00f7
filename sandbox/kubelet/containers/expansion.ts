/** $(VAR) in commands, arguments, values and subPathExpr: known names are replaced, $$(VAR) gives $(VAR), the rest stays. */

export function expand(text: string, lookUp: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text
  return text.replace(/\$\$|\$\(([^()]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$'
    return lookUp(name) ?? whole
  })
}

export const expandAll = (texts: readonly string[] | undefined, env: Record<string, string>): string[] =>
  (texts ?? []).map(text => expand(text, name => env[name]))

/** As for subPathExpr, where a name that is not known is an error. @returns the missing names beside the text */
export function expandStrictly(text: string, env: Record<string, string>): { text: string; missing: string[] } {
  const missing: string[] = []
  const result = expand(text, name => {
    if (!Object.hasOwn(env, name)) missing.push(name)
    return env[name] ?? ''
  })
  return { text: result, missing }
}
