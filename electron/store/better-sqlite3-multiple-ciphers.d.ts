/**
 * The package's own declarations are not reachable through its `exports`. Only what the store uses is declared, with
 * unknown instead of any.
 */
declare module 'better-sqlite3-multiple-ciphers' {
  class Connection {
    constructor(file: string, options?: { readonly readonly?: boolean; readonly timeout?: number });
    readonly inTransaction: boolean;
    prepare<P extends unknown[], R = unknown>(sql: string): Connection.Statement<P, R>;
    exec(sql: string): this;
    pragma(sql: string, options?: { readonly simple?: boolean }): unknown;
    /** Opens an encrypted file; the cipher is chosen before by pragma. */
    key(key: Buffer): number;
    /** Makes a function of ours known to SQL. */
    function(name: string, options: { readonly deterministic: boolean }, call: (...values: unknown[]) => unknown): this;
    /** For this one library; SQL itself may load none. */
    loadExtension(file: string): this;
    transaction<T>(work: () => T): Connection.Transaction<T>;
    close(): this;
  }

  namespace Connection {
    type Database = Connection;

    interface Statement<P extends unknown[], R> {
      run(...values: P): { readonly changes: number };
      get(...values: P): R | undefined;
      all(...values: P): R[];
    }

    interface Transaction<T> {
      (): T;
      immediate(): T;
      exclusive(): T;
    }

    class SqliteError extends Error {
      readonly code: string;
    }
  }

  export default Connection;
}
