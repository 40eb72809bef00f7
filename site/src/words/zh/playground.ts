/** 自由实验。 */

export const playground = {
  title: '自由实验',
  description: '一个空的 Kubernetes 集群，随你折腾：三个节点，一个终端，一个编辑器，全都在浏览器里。',
  heading: '自由实验',
  lead: '没有任务，没有对错。这是一个空集群：一个控制面节点，工作节点要几个有几个；还像 kind 一样，自带一个默认的 StorageClass。',
  size: '工作节点',
  rebuild: '换一个集群',
  rebuildAsk: (n: number) => `要换成一个有 ${n} 个工作节点的新集群吗？现在的集群、文件和终端都会丢弃。`,
  tryHeading: '可以试试',
  tries: [
    { cmd: 'kubectl get nodes', text: '看看有哪些节点' },
    { cmd: 'kubectl run web --image=nginx', text: '跑起一个 Pod' },
    { cmd: 'kubectl create deployment api --image=nginx --replicas=3', text: '让 Deployment 管三个副本' },
    { cmd: 'kubectl get pods -o wide', text: '看它们落在了哪些节点' },
    { cmd: 'kubectl describe pod web', text: '把一个 Pod 看个仔细' },
    { cmd: 'kubectl get storageclass', text: '看看 PVC 要的卷由谁来造' },
  ],
  faultsHeading: '也可以搞点破坏',
  faults: [
    { fault: 'node stop worker-1', text: '让 worker-1 断电' },
    { fault: 'node start worker-1', text: '让 worker-1 恢复' },
  ],
}
