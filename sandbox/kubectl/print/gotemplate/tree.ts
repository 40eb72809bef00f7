/** The syntax tree of a template. */

export class TemplateError extends Error {
  /** What had been written before it. */
  written = ''
}

export type Node =
  | { type: 'text'; text: string }
  | { type: 'action'; pipe: Pipe }
  | { type: 'if' | 'with' | 'range'; pipe: Pipe; body: Node[]; otherwise: Node[] }
  | { type: 'define'; name: string; body: Node[] }
  | { type: 'template'; name: string; pipe?: Pipe }
  | { type: 'break' | 'continue' }

export interface Pipe {
  variables: string[]
  declares: boolean
  commands: Arg[][]
}

export interface At {
  line: number
  column: number
  text: string
}
export type Arg =
  | { kind: 'dot' }
  | { kind: 'literal'; value: unknown; nil?: boolean }
  | { kind: 'field'; path: string[]; at: At }
  | { kind: 'variable'; name: string; path: string[]; at: At }
  | { kind: 'function'; name: string; at: At }
  | { kind: 'pipe'; pipe: Pipe; path: string[]; at: At }
