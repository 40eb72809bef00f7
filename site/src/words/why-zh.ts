/** 「为什么？」的文字：中文。 */
export const whyZh = {
  heading: '为什么？',
  original: 'Kubernetes 的原话',
  skip: (wait: string) => `快进 ${wait}`,
  nodes: '逐个节点看',
  asking: '正在问调度器……',
  and: '；',
  between: '',

  notSeen: '调度器还没来得及看它。时间走起来就会轮到。',
  gated: (gates: string) => `它带着调度门（schedulingGates）：${gates}。门还在，调度器就不会碰它。`,
  otherScheduler: (name: string) =>
    `它指定由调度器 ${name} 来安排（spec.schedulerName），而集群里没有这个调度器在运行。`,
  noNode: (n: number) => `调度器把 ${n} 个节点都看了一遍，没有一个肯收下它。`,
  fits: '现在放得下了，调度器会再试',
  taints: (taints: string) => `有污点 ${taints}，Pod 没有相应的容忍（tolerations）`,
  insufficient: (resource: string, asked: string, free: string) =>
    `${resource} 不够：Pod 请求 ${asked}，节点只剩 ${free}`,
  podLimit: (n: string) => `Pod 数已到上限（${n} 个）`,
  labels: '标签不符合 Pod 的 nodeSelector 或节点亲和性（nodeAffinity）',
  otherName: '不是 Pod 指名要去的那个节点',
  cordoned: '已封锁（cordon）',
  hostPort: 'Pod 要用的主机端口（hostPort）在这里已被占用',
  farFromFriends: '这里没有 Pod 亲和性（podAffinity）要求作伴的 Pod',
  nearRival: '这里有反亲和性（podAntiAffinity）要避开的 Pod',
  unwelcome: '这里的某个 Pod 声明了反亲和性，不欢迎它',
  spread: '放在这里会违反拓扑分布约束（topologySpreadConstraints）',
  volumeElsewhere: '它要用的卷到不了这个节点',
  noVolume: '找不到可以绑定的持久卷',
  claimMissing: (claim: string) => `它要用的 PersistentVolumeClaim ${claim} 不存在`,
  claimUnbound: '它的 PersistentVolumeClaim 还没有绑定到卷',

  imageMissing: (image: string) => `镜像仓库里没有 ${image}。检查名字和标签有没有写错。`,
  imageDenied: (image: string) => `仓库拒绝给出 ${image}：要么没有这个镜像，要么需要登录（imagePullSecrets）。`,
  imageName: (image: string) => `${image} 不是合法的镜像名。`,
  imageNever: (image: string) => `imagePullPolicy 是 Never，而节点上没有现成的 ${image}。`,
  imageOther: (image: string) => `镜像 ${image} 拉不下来。kubelet 会隔一段时间再试，间隔越来越长，最多 5 分钟。`,

  configMissing: (container: string, what: string, name: string) =>
    `容器 ${container} 要用的 ${what} ${name} 不存在。建好它，kubelet 下次再试就能启动。`,
  configKey: (container: string, key: string, where: string) =>
    `容器 ${container} 要用的键 ${key} 在 ${where} 里没有。`,
  configRoot: (container: string) =>
    `容器 ${container} 要求不以 root 运行（runAsNonRoot），但镜像默认的用户就是 root，或者说不清是谁。`,
  configOther: (container: string) => `容器 ${container} 的配置有问题，创建不出来。`,
  cannotStart: (container: string) => `容器 ${container} 的程序启动不了：找不到要执行的文件，或者不能执行。`,

  volume: (volume: string, what: string, name: string) => `卷 ${volume} 挂不上：${what} ${name} 不存在。`,
  volumeOther: '有卷还没有挂上，容器要等它。',
  sandbox: 'Pod 的沙箱（网络）建不起来，kubelet 会再试。',
  pulling: '节点正在下载镜像，下载完就会启动容器。',
  preparing: 'kubelet 正在为它准备卷、网络和容器。',

  initRunning: (name: string, nth: number, of: number) =>
    `第 ${nth} 个 Init 容器 ${name} 还没结束（共 ${of} 个）。它们要依次成功，主容器才会启动。`,
  sidecarStarting: (name: string) => `边车容器 ${name} 还没有启动好，后面的容器在等它。`,
  initFailed: (name: string) => `Init 容器 ${name} 失败了，主容器因此一直不会启动。`,

  crash: (name: string, times: number) => `容器 ${name} 已经重启了 ${times} 次。上一次是这样结束的：`,
  crashFirst: (name: string) => `容器 ${name} 结束了：`,
  backoff: (wait: string) => `kubelet 每次重启前都多等一会儿，这次至少 ${wait}（CrashLoopBackOff）。`,
  retryAt: (left: string) => `大约再过 ${left} 就会再启动一次。`,
  exitOk: '退出码 0：程序正常跑完了。可是 restartPolicy 要求它一直运行，所以又被拉起来。长期运行的服务不该自己退出。',
  exitOkDone: '退出码 0：程序正常跑完了。',
  exitOom: (limit: string) =>
    `它用的内存超过了上限 ${limit}（resources.limits.memory），被内核杀掉（OOMKilled）。退出码 137 = 128 + 9（SIGKILL）。`,
  exitOomNode: '节点内存不足，内核杀掉了它（OOMKilled）。退出码 137 = 128 + 9（SIGKILL）。',
  exitSignal: (code: number, signal: string, meaning: string) =>
    `退出码 ${code} = 128 + ${code - 128}：被信号 ${signal} 结束，${meaning}。`,
  exit126: '退出码 126：找到了要执行的文件，但它不能执行（权限，或者不是程序）。',
  exit127: '退出码 127：找不到要执行的命令。检查 command、args 和镜像里有没有这个程序。',
  exit128: '程序没能启动。检查 command 写的文件在镜像里有没有。',
  exitError: (code: number) => `退出码 ${code}：程序自己报告出错。它说了什么，要看日志（kubectl logs --previous）。`,
  exitUnknown: '节点没能说清它是怎么结束的。',
  signals: {
    SIGHUP: '意思是终端挂断',
    SIGINT: '意思是中断（Ctrl-C）',
    SIGQUIT: '意思是退出并转储',
    SIGILL: '它执行了非法指令',
    SIGABRT: '是它自己中止的（abort）',
    SIGBUS: '内存访问没有对齐或越出文件',
    SIGFPE: '算术出错，比如除以零',
    SIGKILL: '这个信号不能拒绝：多半是宽限期到了，或者内存超限',
    SIGSEGV: '它访问了不属于自己的内存',
    SIGPIPE: '它往没人读的管道里写',
    SIGALRM: '定时器到点',
    SIGTERM: '这是请它收尾退出的信号，它没有自己处理',
  } as Record<string, string>,

  liveness: (name: string, probe: string) => `容器 ${name} 的存活探针（${probe}）连续失败，kubelet 把它杀掉重启。`,
  startupKilled: (name: string, probe: string) =>
    `容器 ${name} 的启动探针（${probe}）在期限内没有成功，kubelet 把它杀掉重启。`,
  readiness: (name: string, probe: string) =>
    `容器 ${name} 在运行，但就绪探针（${probe}）没有通过，Service 不会把流量转给它。`,
  readinessFirst: (name: string, probe: string) => `容器 ${name} 在运行，就绪探针（${probe}）还没有成功过一次。`,
  startup: (name: string, probe: string) =>
    `容器 ${name} 的启动探针（${probe}）还没有成功；在此之前，就绪和存活探针都不会开始。`,
  failedTimes: (n: number, ago: string) => `失败了 ${n} 次，最近一次是 ${ago} 之前：`,
  notRunning: (name: string) => `容器 ${name} 没有在运行。`,
  gates: (gates: string) => `它有就绪门（readinessGates）${gates}，相应的状况还不是 True。`,
  probe: {
    http: (target: string) => `GET ${target}`,
    tcp: (port: string) => `TCP 端口 ${port}`,
    exec: (command: string) => `运行 ${command}`,
    grpc: (port: string) => `gRPC 端口 ${port}`,
    rhythm: (what: string, period: number, failures: number) =>
      `${what}，每 ${period} 秒一次，连败 ${failures} 次算失败`,
  },

  nodeLost: (node: string, since: string) =>
    `节点 ${node} 已经有 ${since} 没有消息了。Pod 也许还在跑，也许没有：控制面无从得知。`,
  nodeEvicts: (left: string) => `再过 ${left} 节点还不回来，Pod 就会被驱逐，由控制器（如果有）在别处重建。`,

  terminating: (grace: number) => `收到了删除请求：先向容器发 SIGTERM，最多等 ${grace} 秒，再用 SIGKILL 强制结束。`,
  terminatingLeft: (left: string) => `宽限期还剩 ${left}。`,
  stillRunning: (names: string) => `还没退出的容器：${names}。`,
  finalizers: (names: string) => `它还带着终结器（finalizers）${names}，要等添加它们的人来移除。`,

  evicted: '节点资源紧张，kubelet 把它驱逐了，好保住节点和更重要的 Pod。',
  deadline: '它运行的时间超过了 activeDeadlineSeconds，被结束了。',
  rejected: '调度器选了这个节点，但 kubelet 不肯收：到了节点上才发现放不下或不合要求。',
  failed: (name: string) => `容器 ${name} 以错误结束，而 restartPolicy 不让它重启：`,
}
