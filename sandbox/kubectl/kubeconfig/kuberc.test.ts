/** Preferences: aliases and other defaults, as kubectl 1.33 applies them with KUBECTL_KUBERC=true and later ones by themselves. */
import { describe, expect, it } from 'vitest'
import { run } from '../testing.ts'

const KUBERC = `
apiVersion: kubectl.config.k8s.io/v1beta1
kind: Preference
aliases:
- name: mkcm
  command: create configmap
  prependArgs: [fromalias]
  appendArgs: [--dry-run=client]
  options: [{name: output, default: name}]
- name: badflag
  command: get
  options: [{name: nope, default: x}]
defaults:
- command: create namespace
  options: [{name: dry-run, default: client}, {name: output, default: name}]
- command: nope
`
const files = { '/home/learner/.kube/kuberc': KUBERC }
const warning = 'Warning: command "nope" not found to set kuberc override\n'

describe('kuberc', () => {
  it('gives commands other names, with arguments and flags', async () => {
    expect(await run(['mkcm'], { files })).toMatchObject({ out: 'configmap/fromalias\n', err: warning, code: 0 })
    const { out } = await run(['mkcm', '-o', 'jsonpath={.data.a}', '--from-literal=a=b'], { files })
    expect(out).toBe('b')
  })

  it('sets flags that the line does not give', async () => {
    expect((await run(['create', 'ns', 'x'], { files })).out).toBe('namespace/x\n')
    expect((await run(['create', 'ns', 'x', '-o=jsonpath={.kind}'], { files })).out).toBe('Namespace')
  })

  it('may be switched off, be elsewhere, or be the older version', async () => {
    expect((await run(['mkcm'], { files, env: { KUBERC: 'off' } })).err).toContain('unknown command "mkcm"')
    expect((await run(['mkcm'], { files, env: { KUBECTL_KUBERC: 'false' } })).err).toContain('unknown command "mkcm"')
    const old = KUBERC.replace('v1beta1', 'v1alpha1')
      .replaceAll('options:', 'flags:')
      .replace('defaults:', 'overrides:')
    expect((await run(['mkcm', '--kuberc=mine'], { files: { mine: old } })).out).toBe('configmap/fromalias\n')
    expect(await run(['mkcm', '--kuberc=none'], { files })).toMatchObject({
      err: 'error occurred while applying preferences kuberc error kuberc: open none: no such file or directory\n',
      code: 1,
    })
  })

  it('refuses flags that the command does not have', async () => {
    expect(await run(['badflag'], { files })).toMatchObject({
      err: 'error occurred while applying preferences invalid alias flag nope in alias kubectl\n',
      code: 1,
    })
  })
})
