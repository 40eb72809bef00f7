/** The language of the YAML server's messages; has to be set before the server is loaded. The worker's name says which. */
import { config } from '@vscode/l10n'
import { yamlZh } from '../../words/yaml-zh.ts'

if (self.name === 'zh') config({ contents: { ...yamlZh } })
