/**
 * Violations that are known and will be mended. This list may only shrink: test/build/check-layers.test.ts holds its
 * greatest length, and an entry that is no longer needed is an error.
 *
 * @typedef {{ rule: string, file: string, why: string }} LayerException
 * @type {readonly LayerException[]}
 */
export const layerExceptions = [];
