/** Manifests to begin with, offered where a document begins; parts of a Pod, offered within one. `$1` … are the places to fill in. */
import type { monaco } from './monaco.ts'

type Monaco = typeof monaco

const template = (name: string, indent: string): string =>
  `metadata:
  labels:
    app: ${name}
spec:
  containers:
    - name: \${2:web}
      image: \${3:nginx:1.27}`.replace(/^/gm, indent)

const head = (version: string, kind: string): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: \${1:web}\n`
const selector = '  selector:\n    matchLabels:\n      app: ${1:web}\n'

/** Label → text; a whole document each. */
const documents: Record<string, string> = {
  Pod: `${head('v1', 'Pod')}spec:\n  containers:\n    - name: \${1:web}\n      image: \${2:nginx:1.27}\n      ports:\n        - containerPort: \${3:80}\n`,
  Deployment: `${head('apps/v1', 'Deployment')}spec:\n  replicas: \${4:3}\n${selector}  template:\n${template('${1:web}', '    ')}\n`,
  StatefulSet: `${head('apps/v1', 'StatefulSet')}spec:\n  serviceName: \${1:web}\n  replicas: \${4:3}\n${selector}  template:\n${template('${1:web}', '    ')}\n`,
  DaemonSet: `${head('apps/v1', 'DaemonSet')}spec:\n${selector}  template:\n${template('${1:web}', '    ')}\n`,
  Job: `${head('batch/v1', 'Job')}spec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: \${1:web}\n          image: \${2:busybox}\n          command: [\${3:date}]\n`,
  CronJob: `${head('batch/v1', 'CronJob')}spec:\n  schedule: "\${2:*/5 * * * *}"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n            - name: \${1:web}\n              image: \${3:busybox}\n              command: [\${4:date}]\n`,
  Service: `${head('v1', 'Service')}spec:\n  selector:\n    app: \${1:web}\n  ports:\n    - port: \${2:80}\n      targetPort: \${3:80}\n`,
  ConfigMap: `${head('v1', 'ConfigMap')}data:\n  \${2:key}: \${3:value}\n`,
  Secret: `${head('v1', 'Secret')}stringData:\n  \${2:key}: \${3:value}\n`,
}

/** Label → text, for the level at which it is typed. */
const parts: Record<string, string> = {
  'readinessProbe http': 'readinessProbe:\n  httpGet:\n    path: ${1:/}\n    port: ${2:80}\n  periodSeconds: ${3:5}\n',
  'livenessProbe http':
    'livenessProbe:\n  httpGet:\n    path: ${1:/}\n    port: ${2:80}\n  periodSeconds: ${3:10}\n  failureThreshold: ${4:3}\n',
  'resources requests limits':
    'resources:\n  requests:\n    cpu: ${1:100m}\n    memory: ${2:64Mi}\n  limits:\n    memory: ${3:128Mi}\n',
  'env from ConfigMap': 'envFrom:\n  - configMapRef:\n      name: ${1:settings}\n',
  'initContainers sidecar':
    'initContainers:\n  - name: ${1:sidecar}\n    image: ${2:busybox}\n    restartPolicy: Always\n    command: [${3:sleep, "3600"}]\n',
}

export function offerSnippets(m: Monaco): void {
  m.languages.registerCompletionItemProvider('yaml', {
    provideCompletionItems(file, position) {
      const before = file.getLineContent(position.lineNumber).slice(0, position.column - 1)
      const indent = /^\s*/.exec(before)?.[0].length ?? 0
      // Only where a key may begin.
      if (!/^\s*\w*$/.test(before)) return { suggestions: [] }
      const above = position.lineNumber === 1 ? '---' : file.getLineContent(position.lineNumber - 1)
      const begins = indent === 0 && (position.lineNumber === 1 || /^---/.test(above))
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: indent + 1,
        endColumn: position.column,
      }
      const suggestions = Object.entries(begins ? documents : indent > 0 ? parts : {}).map(([label, insertText]) => ({
        label,
        insertText,
        range,
        kind: m.languages.CompletionItemKind.Snippet,
        insertTextRules: m.languages.CompletionItemInsertTextRule.InsertAsSnippet,
        documentation: filledIn(insertText),
        sortText: `~${label}`,
      }))
      return { suggestions }
    },
  })
}

/** A snippet as it is inserted: each placeholder with its default. */
const filledIn = (snippet: string): string => snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1')

/** For tests: every snippet, with the defaults of its placeholders. */
export const plainDocuments = (): Record<string, string> =>
  Object.fromEntries(Object.entries(documents).map(([label, text]) => [label, filledIn(text)]))
