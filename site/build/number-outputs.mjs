/**
 * Gives each `<Output>` of a lesson its place in the page (`n`), by which the engine's results find it, and marks those that
 * stand under a `<Run>` of the same command (`continued`), so that the command is not shown twice.
 */
export const numberOutputs = () => ({
  name: 'number-outputs',
  enforce: 'pre',
  transform(code, id) {
    if (!id.split('?')[0].endsWith('.mdx') || id.includes('?raw')) return
    let n = 0
    const numbered = code
      .replace(/(<Run\s[^>]*?cmd="([^"]*)"[^>]*\/>\s*<Output)(?=\s[^>]*?cmd="\2")/g, '$1 continued')
      .replace(/<Output(?=\s)/g, () => `<Output n={${n++}}`)
    return { code: numbered, map: null }
  },
})
