import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { useSessionStore } from '@/stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    /** Can be seen without being signed in. */
    open?: boolean
  }
}

const SLUG = '[a-z0-9][a-z0-9-]{1,62}'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/',
      name: 'overview',
      component: () => import('@/pages/OverviewPage.vue'),
      meta: { title: 'Overview' },
    },
    {
      path: '/login',
      name: 'login',
      component: () => import('@/pages/LoginPage.vue'),
      meta: { title: 'Sign in', open: true },
    },
    {
      path: '/apps',
      name: 'apps',
      component: () => import('@/pages/AppsPage.vue'),
      meta: { title: 'Apps' },
    },
    {
      path: `/apps/:app(${SLUG})`,
      name: 'app',
      component: () => import('@/pages/AppPage.vue'),
      props: true,
      meta: { title: 'App' },
    },
    {
      path: '/runs',
      name: 'runs',
      component: () => import('@/pages/RunsPage.vue'),
      meta: { title: 'Runs' },
    },
    {
      path: '/runs/:run([1-9][0-9]{0,15})',
      name: 'run',
      component: () => import('@/pages/RunPage.vue'),
      props: ({ params }) => ({ runId: Number(params.run) }),
      meta: { title: 'Run' },
    },
    {
      path: '/settings/tokens',
      name: 'tokens',
      component: () => import('@/pages/TokensPage.vue'),
      meta: { title: 'Tokens' },
    },
    {
      path: '/admin/runners',
      name: 'runners',
      component: () => import('@/pages/RunnersPage.vue'),
      meta: { title: 'Runners' },
    },
    {
      path: '/:path(.*)*',
      name: 'not-found',
      component: () => import('@/pages/NotFoundPage.vue'),
      meta: { title: 'Not found', open: true },
    },
  ],
  // A change of filters or of the marked line stays where one is.
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach((to) => {
  const { isSignedIn } = useSessionStore()
  if (!isSignedIn && !to.meta.open) {
    return loginLocation(to)
  }
  return isSignedIn && to.name === 'login' ? safeNext(to.query.next) : true
})

router.afterEach((to) => {
  document.title = to.meta.title === undefined ? 'MiniTower' : `${to.meta.title} · MiniTower`
})

/** The sign-in page, which leads back to where one was. */
export function loginLocation(from: RouteLocationNormalized) {
  const next = from.fullPath === '/' || from.name === 'login' ? undefined : from.fullPath
  return { name: 'login', query: next === undefined ? {} : { next } }
}

/** A path of this site's from `?next=`, never another host's. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
