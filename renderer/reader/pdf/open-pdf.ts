import {
  getDocument,
  PasswordResponses,
  PDFDataRangeTransport,
  PDFWorker,
  VerbosityLevel,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist';

/** A part of a text as pdf.js gives it, whose `hasEOL` ends a line. */
type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

export interface OpenPdfOptions {
  readonly sizeBytes: number;
  /** Bytes of the file. */
  readonly read: (begin: number, end: number) => Promise<Uint8Array>;
  readonly onProgress: (receivedBytes: number) => void;
  /** Asks the person; `wrong` when one was given already. */
  readonly onPassword: (answer: (password: string) => void, wrong: boolean) => void;
  /** The file cannot be read on; nothing more comes. */
  readonly onLost: (error: unknown) => void;
}

export interface OpenPdf extends Disposable {
  readonly pdf: Promise<PDFDocumentProxy>;
}

const rangeBytes = 256 * 1024;
/** A picture of more pixels is left out by pdf.js: it would fill the memory. */
const mostImagePixels = 64_000_000;

/**
 * Opens a PDF in a worker of its own, which ends with it, whatever it is doing. Nothing is loaded but the file's bytes
 * and, where a file leaves them out, character maps and fonts that lie beside the page. No script of a file ever runs:
 * forms, actions and links are not drawn at all.
 */
export function openPdf({ sizeBytes, read, onProgress, onPassword, onLost }: OpenPdfOptions): OpenPdf {
  let received = 0;
  class Ranges extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      read(begin, end).then((bytes) => {
        received += bytes.length;
        onProgress(Math.min(received, sizeBytes));
        this.onDataRange(begin, bytes);
      }, onLost);
    }
  }
  const port = new Worker(new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url), {
    type: 'module',
    name: 'pdf',
  });
  const worker = PDFWorker.create({ port, verbosity: VerbosityLevel.ERRORS });
  const beside = (folder: string): string => new URL(`./pdf/${folder}/`, document.baseURI).href;
  const task = getDocument({
    range: new Ranges(sizeBytes, null),
    rangeChunkSize: rangeBytes,
    worker,
    disableStream: true,
    disableAutoFetch: true,
    // The page fetches what lies beside it; the worker needs no network.
    useWorkerFetch: false,
    cMapUrl: beside('cmaps'),
    standardFontDataUrl: beside('standard_fonts'),
    // The content security policy allows no WebAssembly; the same decoders are there as scripts.
    useWasm: false,
    wasmUrl: beside('decoders'),
    enableXfa: false,
    maxImageSize: mostImagePixels,
    verbosity: VerbosityLevel.ERRORS,
  });
  task.onPassword = (answer: (password: string) => void, reason: number) =>
    onPassword(answer, reason === PasswordResponses.INCORRECT_PASSWORD);
  return {
    pdf: task.promise,
    [Symbol.dispose]() {
      void task.destroy().catch(() => undefined);
      worker.destroy();
      port.terminate();
    },
  };
}

/** The text of a page as its text layer holds it: every run, with its line ends. */
export function textOf(content: TextContent): { text: string; starts: number[] } {
  const starts: number[] = [];
  let text = '';
  for (const item of content.items) {
    if (!('str' in item)) continue;
    starts.push(text.length);
    text += item.str + (item.hasEOL ? '\n' : '');
  }
  return { text, starts };
}
