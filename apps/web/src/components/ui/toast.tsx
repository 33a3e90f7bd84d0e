'use client'

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useCallback, type ReactNode } from 'react'
import { twMerge } from 'tailwind-merge'
import { buttonLook } from './button.tsx'

export interface Announcement {
  title: string
  detail?: string
  tone?: 'plain' | 'bad'
  /** Usually to undo what is announced. Such a toast stays longer. */
  action?: { label: string; run: () => void }
}

/** Short messages at the edge of the page about what has just happened. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-20 z-50 flex w-[calc(100vw-2rem)] flex-col-reverse gap-2 sm:w-88 md:bottom-6 md:right-6">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

export function useAnnounce() {
  const { add, close } = Toast.useToastManager()
  return useCallback(
    ({ title, detail, tone = 'plain', action }: Announcement) => {
      const id = add({
        title,
        description: detail,
        type: tone,
        priority: tone === 'bad' ? 'high' : 'low',
        timeout: action === undefined ? 5000 : 10_000,
        ...(action !== undefined && {
          actionProps: {
            children: action.label,
            onClick: () => {
              close(id)
              action.run()
            },
          },
        }),
      })
    },
    [add, close],
  )
}

function Toasts() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={['right', 'down']}
      className={twMerge(
        'rounded-lg bg-ink text-paper shadow-lg transition-[opacity,translate] duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0',
        toast.type === 'bad' && 'border border-bad bg-bad-soft text-bad',
      )}
    >
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-4">
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium break-words" />
          <Toast.Description className="text-[13px] break-words opacity-90" />
        </div>
        <Toast.Action className="h-8 rounded-md px-2.5 font-semibold underline decoration-1 underline-offset-4 hover:decoration-2" />
        <Toast.Close
          aria-label="Dismiss"
          className={twMerge(
            buttonLook({ look: 'quiet', size: 'icon' }),
            'size-8 text-inherit hover:bg-transparent hover:text-inherit',
          )}
        >
          <X aria-hidden className="size-4" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
