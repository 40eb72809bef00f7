/** The language server for YAML, in a worker of its own. */
import './yaml-words.ts'
import 'monaco-yaml/yaml.worker.js'
