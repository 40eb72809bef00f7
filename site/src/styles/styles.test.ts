/** Style sheets: the workbench's leave the prose beside it alone. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = (folder: string): string =>
  readdirSync(join(import.meta.dirname, folder))
    .filter(name => name.endsWith('.css'))
    .map(name => readFileSync(join(import.meta.dirname, folder, name), 'utf8').replace(/\/\*.*?\*\//gs, ''))
    .join('\n')
const classes = (text: string): Set<string> => new Set(text.match(/(?<=\.)[a-z][\w-]*/gi))
const selectors = (text: string): string[] =>
  [...text.matchAll(/([^{};]+)\{/g)]
    .map(([, selector]) => selector!.trim())
    .filter(selector => !/^(@|from$|to$|\d+%$)/.test(selector))

test('what the workbench brings along changes nothing in the prose beside it', () => {
  const pages = classes(['.', 'base', 'home', 'prose'].map(css).join('\n'))
  const workbench = css('workbench')
  expect(selectors(workbench).length).toBeGreaterThan(200)
  const others = selectors(workbench).filter(selector => [...classes(selector)].every(name => pages.has(name)))
  // The place that it stands in.
  expect(others).toEqual(['.lab[data-open]'])
})
