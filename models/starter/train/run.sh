#!/bin/sh
# From the corpus to a GGUF file, or as far as the time allows; see ../README.md. Whatever is given goes on to train.py.
#
#   models/starter/train/run.sh --seconds 9000               a whole training on this machine
#   models/starter/train/run.sh --seconds 1500 --stop-after 540   a part of one; the next call goes on
set -eu
cd "$(dirname "$0")/../../.."
work=${STARTER_WORK:-dist/starter}
python=${PYTHON:-python3}
node=${NODE:-node}
mkdir -p "$work"
# A machine without Node gets the program along, packed.
if [ -f "$work/node.xz" ] && ! command -v "$node" >/dev/null 2>&1; then
  node=/tmp/starter-node
  [ -x "$node" ] || "$python" -c 'import lzma, shutil, sys
with lzma.open(sys.argv[1]) as packed, open(sys.argv[2], "wb") as program: shutil.copyfileobj(packed, program)
' "$work/node.xz" "$node" && chmod +x "$node"
fi
"$node" -e 'if (Number(process.versions.node.split(".")[0]) < 24) throw new Error("Node 24 is needed; name it with NODE=...")'
"$python" models/starter/train/train.py --node "$node" --data "$work/data" --out "$work/run" "$@"
"$node" models/starter/export/export.ts "$work/run" --out "$work/clawdbot-starter.gguf"
