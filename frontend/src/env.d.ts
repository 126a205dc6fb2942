/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the API is when another host serves the console; empty when minitowerd does. */
  readonly VITE_API_BASE_URL?: string
}
