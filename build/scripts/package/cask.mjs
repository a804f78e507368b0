/**
 * The Homebrew cask of a release.
 *
 * @param {{ version: string, sha256: string, homepage: string }} release `sha256` of the disk image in small hexadecimal
 *   letters, `homepage` the repository's address, under which releases lie
 * @returns {string}
 * @throws {Error} when a value could be anything but what it should be
 */
export function writeCask({ version, sha256, homepage }) {
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) throw new Error(`"${version}" is no version.`);
  if (!/^[\da-f]{64}$/.test(sha256)) throw new Error(`"${sha256}" is no SHA-256 checksum.`);
  if (!/^https:\/\/[\w.-]+(?:\/[\w.-]+)*$/.test(homepage)) {
    throw new Error(`"${homepage}" is no address of a repository.`);
  }
  return `cask "clawdbot" do
  version "${version}"
  sha256 "${sha256}"

  url "${homepage}/releases/download/v#{version}/Clawdbot-#{version}-arm64.dmg"
  name "Clawdbot"
  desc "Private AI assistant in the menu bar whose model runs on the Mac"
  homepage "${homepage}"

  depends_on macos: ">= :ventura"
  depends_on arch: :arm64

  app "Clawdbot.app"

  uninstall quit: "app.clawdbot.desktop"

  # Conversations too: only with --zap, which a person has to ask for.
  zap trash: [
    "~/Library/Application Support/Clawdbot",
    "~/Library/Logs/Clawdbot",
    "~/Library/Preferences/app.clawdbot.desktop.plist",
    "~/Library/Saved Application State/app.clawdbot.desktop.savedState",
  ]
end
`;
}
