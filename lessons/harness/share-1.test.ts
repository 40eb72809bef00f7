/** A fourth of the lessons; files are what runs side by side. */
import { suiteOf } from './suite.ts'

suiteOf(1)
