/** zone.js, as Angular has it: what happens to a zone that tells when it is stable. */

import 'zone.js'

export function install({ urls, sleep, whenDiagnosed, xhr }) {
  const { Zone } = globalThis
  const tasks = []
  const states = []
  const zone = Zone.root.fork({
    name: 'app',
    onScheduleTask(delegate, current, target, task) {
      if (task.type === 'macroTask') tasks.push(task.source)
      return delegate.scheduleTask(target, task)
    },
    onHasTask(delegate, current, target, state) {
      if (current === target) states.push({ ...state })
      delegate.hasTask(target, state)
    },
  })
  async function own() {
    const promises = []
    // No await in here: compilers for zone.js replace it, because a native one forgets its zone.
    await zone.run(() => {
      const failing = window.fetch(urls.zoneFetch, { headers: { 'x-app': '1' } })
      promises.push(failing instanceof window.Promise, failing.constructor.name)
      return Promise.all([
        failing.catch(error => [Zone.current.name, error.name]),
        xhr(urls.zoneXhr).then(({ zone }) => zone),
        window.fetch(urls.zonePasses).then(() => Zone.current.name),
      ]).then(zones => promises.push(zones))
    })
    await whenDiagnosed(2)
    await sleep(100)
    const { macroTask, microTask } = states.at(-1)
    return { promises, tasks: tasks.sort(), macroTask, microTask }
  }
  return {
    own,
    isSound: ({ promises, tasks, macroTask, microTask }) =>
      JSON.stringify(promises.at(-1)) === '[["app","TypeError"],"app","app"]' && tasks.includes('XMLHttpRequest.send') && !macroTask && !microTask,
  }
}
