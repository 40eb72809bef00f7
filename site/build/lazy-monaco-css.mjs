/** Monaco's CSS as a <style> that its lazy chunk adds, so that Astro does not link it in every lesson's head. */
const prefix = '\0lazy-css:'

export const lazyMonacoCss = () => ({
  name: 'lazy-monaco-css',
  enforce: 'pre',
  async resolveId(id, importer) {
    if (!importer?.includes('/monaco-editor/') || !id.endsWith('.css')) return
    const found = await this.resolve(id, importer, { skipSelf: true })
    return found && `${prefix}${found.id}.js`
  },
  load(id) {
    if (!id.startsWith(prefix)) return
    const css = id.slice(prefix.length, -'.js'.length)
    return `import css from ${JSON.stringify(`${css}?inline`)}
const style = document.createElement('style')
style.dataset.monaco = ''
style.textContent = css
document.head.append(style)`
  },
})
