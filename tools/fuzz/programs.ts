/** Kinds of input that programs in containers, or fields of manifests, read as languages of their own. */
import fc from 'fast-check'
import { cronJob, kustomization, policy } from './languages/fields.ts'
import { python } from './languages/python.ts'
import { nginx, redis } from './languages/servers.ts'
import { sql } from './languages/sql.ts'
import { inhabited, type Kind, kind, MISTAKES_BESIDE_PYTHON, type Run } from './world.ts'

/** The file that the input is written to, and the lines that give it to who reads it. */
interface Reader {
  pods: readonly string[]
  file: string
  lines: readonly string[]
  /** What only a mistake of ours says, where the language has such words itself. */
  mistakes?: RegExp
}

const many = (of: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> =>
  fc.array(of, { minLength: 1, maxLength: 20, size: 'max' })

const read =
  ({ pods, file, lines, mistakes }: Reader): Run<readonly string[]> =>
  async texts => {
    const { world, type } = await inhabited([...pods, 'sleep 30'], mistakes)
    for (const text of texts) {
      await world.dispatch({ type: 'file', path: file, text })
      for (const line of lines) await type(line, line + text)
    }
    return texts.length
  }

const WEB =
  'kubectl create deployment web --image=nginx:1.27 --dry-run=client -o yaml > web.yaml; kubectl apply -f web.yaml'

export const READERS = {
  python: {
    pods: ['kubectl run py --image=python:3.12 -- sleep 100000'],
    file: 'p.py',
    lines: ['kubectl exec -i py -- timeout 1 python3 - a b < p.py'],
    mistakes: MISTAKES_BESIDE_PYTHON,
  },
  sql: {
    pods: [
      'kubectl run my --image=mysql:8.4 --env=MYSQL_ROOT_PASSWORD=x --env=MYSQL_DATABASE=d',
      'kubectl run pg --image=postgres:17 --env=POSTGRES_PASSWORD=x',
    ],
    file: 'q.sql',
    lines: [
      'kubectl exec -i my -- mysql -uroot -px --force d < q.sql',
      'kubectl exec -i pg -- psql -U postgres < q.sql',
    ],
  },
  redis: {
    pods: ['kubectl run kv --image=redis:7.4'],
    file: 'r.txt',
    lines: ['kubectl exec -i kv -- timeout 3 redis-cli < r.txt'],
  },
  nginx: {
    pods: ['kubectl run web --image=nginx:1.27'],
    file: 'n.conf',
    lines: [
      "kubectl exec -i web -- sh -c 'cat > /etc/nginx/conf.d/default.conf; nginx -t; nginx -s reload; timeout 2 curl -s localhost/a/b.php?c' < n.conf",
      'kubectl logs web --tail=5',
    ],
  },
  cron: {
    pods: [],
    file: 'c.json',
    lines: [
      'kubectl apply -f c.json',
      'sleep 4',
      'kubectl describe cronjob tick; kubectl delete cronjob tick --wait=false',
    ],
  },
  cel: {
    pods: [],
    file: 'p.yaml',
    lines: [
      'kubectl apply -f p.yaml --server-side --force-conflicts',
      'sleep 1; kubectl create configmap c --from-literal=a=b',
      'kubectl label configmap c a=b --overwrite',
      'kubectl describe validatingadmissionpolicy judge',
      'kubectl delete -f p.yaml',
      'kubectl delete configmap c',
    ],
  },
  kustomizations: {
    pods: [WEB],
    file: 'kustomization.yaml',
    lines: ['kubectl kustomize .', 'kubectl apply -k . --dry-run=server', 'kubectl diff -k .'],
  },
} satisfies Record<string, Reader>

const INPUTS: Readonly<Record<keyof typeof READERS, fc.Arbitrary<string>>> = {
  python,
  sql,
  redis,
  nginx,
  cron: cronJob,
  cel: policy,
  kustomizations: kustomization,
}

export const LANGUAGES: readonly Kind[] = Object.entries(INPUTS).map(([name, input]) =>
  kind(name, many(input), read(READERS[name as keyof typeof READERS])),
)
