/**
 * Texts that go out in the place of a token and are none. They are the same in every run and no secret, so a report shows them as they were sent.
 */
export const garbageTexts: ReadonlySet<string> = new Set(['not.good.token', 'kyma.guard.garbage']);
