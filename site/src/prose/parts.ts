/** Takes apart what the children of an exercise, quiz or prediction rendered to: each kind of child marks itself by comments. */
export function takeParts<K extends string>(
  html: string,
  kinds: readonly K[],
): { rest: string; parts: Record<K, string[]> } {
  const parts = Object.fromEntries(kinds.map((kind): [K, string[]] => [kind, []])) as Record<K, string[]>
  let rest = html
  for (const kind of kinds)
    rest = rest.replace(new RegExp(`<!--${kind}-->([\\s\\S]*?)<!--/${kind}-->`, 'g'), (_, inner: string) => {
      parts[kind].push(inner)
      return ''
    })
  return { rest: rest.replace(/<p>\s*<\/p>/g, ''), parts }
}
