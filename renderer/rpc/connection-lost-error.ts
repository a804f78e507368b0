/** The core could not be reached, or the line broke before it answered. */
export class ConnectionLostError extends Error {
  constructor(options?: { cause?: unknown }) {
    super('The connection to Clawdbot was lost. It is being restored; try again in a moment.', options);
    this.name = 'ConnectionLostError';
  }
}
