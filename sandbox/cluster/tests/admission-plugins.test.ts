/** Admission plugins that are switched off, as by kube-apiserver's --disable-admission-plugins. */
import { expect, test } from 'vitest'
import { admissionPlugins } from '../../api/admission/index.ts'
import { pod } from '../../api/kinds/pod/index.ts'
import { createCluster } from '../../cluster.ts'

test('a Pod gets only what the plugins that are asked put into it', async () => {
  const made = async (disabledAdmission: readonly string[]) => {
    const { clock, client } = createCluster({ seed: 'admission', nodes: [], disabledAdmission })
    await clock.advance(2000)
    const { spec } = client.create(pod, {
      metadata: { name: 'a', namespace: 'default' },
      spec: { containers: [{ name: 'a', image: 'nginx' }] },
    })
    return [spec.serviceAccountName, spec.tolerations?.length ?? 0, spec.priority]
  }
  expect(await made([])).toEqual(['default', 2, 0])
  expect(await made(['ServiceAccount', 'DefaultTolerationSeconds'])).toEqual([undefined, 0, 0])
})

test('those of Kubernetes have its names and its order, and nothing else can be switched off', () => {
  expect(admissionPlugins.flatMap(({ name }) => name ?? [])).toEqual([
    'NamespaceLifecycle',
    'LimitRanger',
    'ServiceAccount',
    'NodeRestriction',
    'TaintNodesByCondition',
    'PodSecurity',
    'Priority',
    'DefaultTolerationSeconds',
    'DefaultStorageClass',
    'StorageObjectInUseProtection',
    'PersistentVolumeClaimResize',
    'RuntimeClass',
    'CertificateApproval',
    'CertificateSigning',
    'CertificateSubjectRestriction',
    'DefaultIngressClass',
    'PodTopologyLabels',
    'PodResizeValidator',
    'MutatingAdmissionPolicy',
    'MutatingAdmissionWebhook',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionWebhook',
    'ResourceQuota',
  ])
})
