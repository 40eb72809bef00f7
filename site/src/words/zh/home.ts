/** 首页。 */

export const home = {
  title: '亲手跑一跑，弄懂 Kubernetes Pod',
  description:
    '边读边做的 Kubernetes Pod 课程：浏览器里就有一个行为逼真的集群，可以编辑清单、敲 kubectl，随时检查结果。无需安装，无需账号。',
  heading: ['把豆荚剥开，', '看看 Pod 里面'],
  lead: '一边是讲解，一边是真的会动的 Kubernetes 集群：改清单、敲 kubectl、看 Pod 生老病死。集群就在这个标签页里模拟，打开即用，弄坏了重来就是。',
  begin: '从第一课开始',
  goOn: '接着上次学',
  play: '直接进集群玩玩',
  facts: ['无需安装，也不用注册', '行为与 Kubernetes 1.36 逐条比对', '中英双语，随时切换'],
  plate: '图版 1',
  plateCaption: '一个正在运行的集群：三个节点，几只豆荚。豆荚是 Pod，豆子是容器。',
  plateAlt:
    '集群示意图：控制面上没有工作负载；worker-1 上有 Pod web（两个容器，共用一个卷）和 Pod api；worker-2 上有 Pod db 和一个正在启动的 Pod。',
  plateNode: '节点',
  platePod: 'Pod',
  plateContainer: '容器',
  plateVolume: '共享的卷',
  plateStarting: '启动中',
  methodHeading: '像做实验一样学',
  method: [
    { title: '先猜', text: '删掉一个 Pod，它会自己回来吗？先把答案写下，再动手。猜错的那几次，记得最牢。' },
    {
      title: '再跑',
      text: '命令真的会执行，容器真的有进程、信号和文件。一个拼错的镜像名，会得到和真集群一样的报错。',
    },
    { title: '看清楚', text: '调度、拉镜像、探针失败、退避重启——每一步都画在眼前。等得不耐烦，就把时间拨快。' },
  ],
  sampleHeading: '一节课长这样',
  sampleLead: '短文、命令、集群，三者相互印证。每道练习都会检查结果；做错了，提示会告诉你该往哪儿看。',
  sampleProse: [
    '容器崩溃了，kubelet 会在**同一个 Pod 里**重启它。但如果 Pod 本身被删掉，就没有谁会把它带回来——除非有一个控制器在照看。',
    '先猜一猜：节点宕机之后，这个单独创建的 Pod 会怎样？',
  ],
  sampleCheckPass: 'Pod `web` 的容器已经就绪',
  sampleCheckFail: '`web` 由一个 Deployment 管理',
  sampleHint: '提示：单独的 Pod 没有主人。看看 `metadata.ownerReferences` 是不是空的。',
  trustHeading: '为什么可以相信它',
  trust: [
    { title: '逐条比对', text: '我们把真集群上录下的会话原样重放给它，连报错的措辞也要对得上。' },
    { title: '真的 kubectl 能连', text: '模拟器会说 Kubernetes 的 HTTP API，你电脑上的 kubectl 可以直接连上去。' },
    { title: '不悄悄忽略', text: '每个字段要么起作用，要么明说「没有模拟」，绝不装作懂了。' },
  ],
  contentsHeading: '课程目录',
  allLessons: (n: number) => `看完整目录，共 ${n} 节课`,
}
