/** 真正的 Node。 */

export const real = {
  start: '用真正的 Node 运行',
  stop: '回到模拟',
  yes: '启动',
  ask: '这会从 StackBlitz 的 WebContainer 服务加载一个真正的 Node，在这个标签页里运行：浏览器会向该服务的主机发送请求。集群从这节课的起点重新开始，你的文件都带过去；时间按真实的快慢走，不能暂停、快进、后退。',
  starting: '正在启动真正的 Node，最多等 12 秒……',
  on: '真正的 Node',
  watch: '每秒刷新',
  previewNote: '这一页来自真正的服务器，其中的脚本会运行，但碰不到这个网站。',
  reload: '重新载入',
  goesOn: '你可以在模拟集群里继续，文件和检查都一样。',
  wentBack: '已经回到模拟集群，从这节课的起点开始，文件都在。',
  saying: (detail: string) => `（原话：${detail}）`,
  why: {
    framed: '真正的 Node 不能在别的网页的框架里运行，请在单独的标签页里打开这节课。',
    notIsolated:
      '这个页面没有与其他来源隔离，真正的 Node 无法运行：网站的主机没有发送所需的响应头，浏览器也还没有装好本站的 Service Worker。',
    reload: '重新载入一次，页面才会与其他来源隔离，真正的 Node 才能运行。',
    browser:
      '这个浏览器缺少真正的 Node 需要的功能（WebAssembly 和 SharedArrayBuffer）。请换用电脑上较新的 Chrome、Edge 或 Firefox。',
    ios: '在 iPhone 和 iPad 上，一个标签页的内存有限，WebContainer 服务在那里也还在测试阶段，所以这里不启动真正的 Node。请换用电脑上的浏览器。',
    offline: '现在没有网络，而真正的 Node 要从网上的服务加载。',
    elsewhere: '真正的 Node 已经在另一个标签页里运行，同一时间只能有一个。',
    slow: '12 秒内没有等到 WebContainer 服务的回答：可能连不上、被拦截，或者太慢。要再试，得先重新载入页面。',
    spent: '刚才没有等到 WebContainer 服务的回答，要再试，得先重新载入页面。',
    sluggish: 'WebContainer 服务有回答，但 12 秒内没能把集群启动起来。',
    memory: '内存不够，真正的 Node 没能启动。关掉一些标签页再试。',
    licence: 'WebContainer 服务没有放行这个网站：它可能需要许可证或 API key，请联系网站的主人。',
    files: '真正的 Node 要用的文件没能取到。',
    refused: '真正的 Node 没能启动。',
    crashed: '真正的 Node 意外停止了。',
  },
}
