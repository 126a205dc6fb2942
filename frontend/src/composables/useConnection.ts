import { readonly, ref } from 'vue'

const reachable = ref(true)

/** Whether the last request reached the server. */
export const isReachable = readonly(reachable)

export function noteReachable(value: boolean): void {
  reachable.value = value
}
