/** Text copied from a page brings the prompts of its lines along: what is left of it is what a person would have typed. */

/** "$ " begins a command; "> " goes on with the one above it, as in a here-document. Without a first "$ " nothing is touched: `> file` is a redirection. */
export function withoutPrompts(data: string): string {
  if (!/^\$ (?:..|.*[\r\n])/.test(data)) return data
  let continues = false
  return data.replace(/(^|[\r\n]+)([^\r\n]*)/g, (_, newline: string, line: string) => {
    const prompt = line.startsWith('$ ') ? 2 : continues ? (/^>(?: |$)/.exec(line)?.[0].length ?? 0) : 0
    continues = prompt > 0
    return newline + line.slice(prompt)
  })
}
