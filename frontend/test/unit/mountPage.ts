import { VueQueryPlugin, type QueryClient } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { onTestFinished, vi } from 'vitest'
import type { Component } from 'vue'
import type { Role } from '../../src/api/types'
import { createQueryClient } from '../../src/queries/client'
import { router } from '../../src/router'
import { useSessionStore } from '../../src/stores/session'

// A page is a lot to load where several tests share a slow machine.
const PATIENCE = 15_000
vi.setConfig({ testTimeout: 2 * PATIENCE })

/** Waits until the claim holds. */
export function until<T>(claim: () => T): Promise<T> {
  return vi.waitFor(claim, PATIENCE)
}

/** Signs in as somebody of this role, in a browser that knew nothing before. */
export function signedInAs(role: Role) {
  sessionStorage.clear()
  localStorage.clear()
  setActivePinia(createPinia())
  const session = useSessionStore()
  session.begin({ team_id: 1, slug: 'data-team', token: 'mtk_1', token_id: 1, role }, false)
  return session
}

/** The page in a document of its own, at this address, with all that the program gives it. */
export async function mountPage(
  page: Component,
  address: string,
  client: QueryClient = createQueryClient(),
) {
  vi.spyOn(window, 'scrollTo').mockReturnValue() // jsdom has none
  await router.push(address)
  const plugins = [router, [VueQueryPlugin, { queryClient: client }] as const]
  const wrapper = mount(page, { attachTo: document.body, global: { plugins: plugins as never } })
  onTestFinished(() => {
    wrapper.unmount()
    client.clear()
  })
  return wrapper
}

/** An element anywhere in the document, dialogs included, once it is there. */
export function find<T extends Element = HTMLElement>(selector: string): Promise<T> {
  return until(() => {
    const found = document.querySelector<T>(selector)
    if (found === null) {
      throw new Error(`${selector} is not there`)
    }
    return found
  })
}

export function buttonOf(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (button) => button.textContent.trim() === words,
  )
  if (found === undefined) {
    throw new Error(`No button says ${words}`)
  }
  return found
}
