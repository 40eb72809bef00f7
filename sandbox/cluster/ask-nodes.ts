/** The scheduler's answers for whoever stands above the cluster; loaded when somebody asks. */
export { askNodes } from '../scheduler/ask-nodes.ts'
