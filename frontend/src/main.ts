import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { configureClient } from './api/client'
import { noteReachable } from './composables/useConnection'
import { createQueryClient, forgetServerState } from './queries/client'
import { loginLocation, router } from './router'
import { SESSION_KEY } from './stores/sessionStorage'
import { useSessionStore } from './stores/session'
import './styles/base.css'
import './styles/controls.css'

const app = createApp(App)
const queryClient = createQueryClient()
app.use(createPinia())
const session = useSessionStore()

configureClient({
  token: () => session.token,
  onReachable: noteReachable,
  onUnauthorized: (token) => {
    if (session.expire(token)) {
      leave()
    }
  },
})

// Another tab signed out of the session that both share.
addEventListener('storage', ({ key, oldValue, newValue }) => {
  if (key === SESSION_KEY && newValue === null && oldValue?.includes(session.token ?? '\0')) {
    session.end('You signed out in another tab.')
    leave()
  }
})

function leave(): void {
  forgetServerState(queryClient)
  void router.push(loginLocation(router.currentRoute.value))
}

app.use(VueQueryPlugin, { queryClient })
app.use(router)
app.mount('#app')
