/** 时间控制。 */

export const time = {
  label: '时间',
  pause: '暂停',
  play: '继续',
  step: '快进到下一个变化',
  back: '退到上一个变化',
  nothingNext: '接下来一小时内不会有变化',
  speed: '时间流速',
  speedOf: (n: number) => `${n} 倍速`,
  elapsed: (t: string) => `集群已运行 ${t}`,
  timeline: '时间线：方向键跳到前后的事件',
  rewind: '回到这一刻',
  rewindTo: (reason: string, object: string) => `回到这一刻：${reason} ${object}`,
  past: '你在看过去，时间停住了。按继续，会照原样重演；在这里做点别的，历史就从这里分岔。',
  branched: '历史在这里分岔了：后来的事不再发生。',
  present: '回到现在',
  unbranch: '回到分岔之前的现在',
}
