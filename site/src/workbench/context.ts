/** The context of every part of the workbench: the model and the reader's words. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Words } from '../words/words.ts'
import type { Model } from './model.ts'

export interface Lab {
  model: Model
  t: Words
}
export const LabContext = createContext<Lab | undefined>(undefined)
export function useLab(): Lab {
  const lab = useContext(LabContext)
  if (!lab) throw new Error('outside the workbench')
  return lab
}
