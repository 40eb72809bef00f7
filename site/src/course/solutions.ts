/** solution.sh in parts: a line `# exercise: ID` begins the commands of one exercise. */
export function splitSolution(script: string, exercises: readonly string[]): Record<string, string> {
  const parts: Record<string, string[]> = {}
  let current = exercises.length === 1 ? exercises[0] : undefined
  for (const line of script.split('\n')) {
    const named = /^#\s*exercise:\s*(\S+)/.exec(line)?.[1]
    if (named) current = named
    else if (current && !/^#!/.test(line) && !/^set -/.test(line)) (parts[current] ??= []).push(line)
  }
  return Object.fromEntries(Object.entries(parts).map(([id, lines]) => [id, lines.join('\n').trim()]))
}

/** The files that a solution writes with here-documents: path → text. */
export const solutionFiles = (commands: string): Record<string, string> =>
  Object.fromEntries(
    [...commands.matchAll(/^cat\s*>\s*(\S+)\s*<<\s*['"]?(\w+)['"]?\n([\s\S]*?)\n\2$/gm)].map(
      ([, path = '', , text = '']) => [path, `${text}\n`],
    ),
  )
