/** The node that a Pod asks for by name. */
import { type Plugin, refuseForGood } from '../framework.ts'

const REFUSAL = refuseForGood("node(s) didn't match the requested node name")

export const nodeName: Plugin = {
  name: 'NodeName',
  prepare({ spec: { nodeName } }) {
    return nodeName ? { filter: node => (node.name === nodeName ? undefined : REFUSAL) } : undefined
  },
  wakes: event => event.type === 'NodeAdded',
}
