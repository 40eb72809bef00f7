/** Gives each `<Output>` of a lesson its place in the page (`n`), by which the engine's results find it. */
export const numberOutputs = () => ({
  name: 'number-outputs',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/lessons\/.*\.mdx$/.test(id.split('?')[0]) || id.includes('?raw')) return
    let n = 0
    return { code: code.replace(/<Output(?=\s)/g, () => `<Output n={${n++}}`), map: null }
  },
})
