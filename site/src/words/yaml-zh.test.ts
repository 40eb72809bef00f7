import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { yamlZh } from './yaml-zh.ts'

const server = readFileSync(createRequire(import.meta.url).resolve('monaco-yaml/yaml.worker.js'), 'utf8')

test('every translated message of the YAML server is one that it says', () => {
  for (const message of Object.keys(yamlZh)) {
    const written = [JSON.stringify(message), `'${message}'`]
    expect(
      written.some(text => server.includes(text)),
      message,
    ).toBe(true)
  }
})

test('the places to fill in are the same in both languages', () => {
  const places = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort()
  for (const [message, chinese] of Object.entries(yamlZh)) expect(places(chinese), message).toEqual(places(message))
})
