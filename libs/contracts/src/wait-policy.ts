/** `adaptive` holds a partial batch only while that pays; `fixed` always holds it for `maxWaitMs`. @publicApi */
export type WaitPolicy = 'adaptive' | 'fixed';

/** Why a batch left its queue. */
export type ReleaseReason = 'full' | 'target' | 'hold' | 'deadline' | 'idle' | 'drain';
