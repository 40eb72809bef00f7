/**
 * The data of a lesson for the workbench, fetched when it starts: never put into the page, whatever a manifest may
 * hold.
 */
import type { APIRoute } from 'astro'
import type { LessonWorld } from '../../../../sandbox/scenario/session.ts'
import { lessons } from '../../course/course.ts'
import { examFacts, examLangs } from '../../course/exam.ts'

/** The playground is a lesson without exercises: an empty cluster, and a file to begin with. */
const playground: LessonWorld = {
  id: '',
  manifests: {},
  files: {
    'pod.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: hello
  labels:
    app: hello
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
`,
  },
  settleMs: 10_000,
  storageClass: true,
  exercises: [],
}

export const getStaticPaths = () => [
  { params: { id: 'playground' }, props: { world: playground, open: ['pod.yaml'] } },
  ...examLangs.map(lang => ({ params: { id: `exam-${lang}` }, props: examFacts(lang) })),
  ...lessons.map(({ id, world, open }) => ({ params: { id }, props: { world, open } })),
]
export const GET: APIRoute = ({ props }) =>
  new Response(JSON.stringify(props), { headers: { 'content-type': 'application/json' } })
