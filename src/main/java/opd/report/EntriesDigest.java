package opd.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import opd.domain.Sha256;

/// SHA-256 over entries in the order of chain and number: over one line for each chain in the order
/// of its bytes, with the chain, a space, how many entries, a space, the SHA-256 over their hashes
/// in hexadecimal digits, and a line feed. So the chains may come in any order.
final class EntriesDigest {
  private final Map<String, String> lines = new TreeMap<>();
  private String chain = "";
  private MessageDigest ofChain = Sha256.start();
  private long inChain;
  private long entries;

  /// Of one chain after the other, and in each by number.
  void add(String chainOfEntry, String hash) {
    if (!chainOfEntry.equals(chain)) {
      close();
      chain = chainOfEntry;
    }
    ofChain.update(hash.getBytes(StandardCharsets.US_ASCII));
    inChain++;
    entries++;
  }

  private void close() {
    if (inChain > 0) {
      lines.put(chain, inChain + " " + Sha256.hex(ofChain));
      ofChain = Sha256.start();
      inChain = 0;
    }
  }

  long entries() {
    return entries;
  }

  /// To be asked for once, at the end.
  String hex() {
    close();
    MessageDigest all = Sha256.start();
    lines.forEach(
        (name, line) -> all.update((name + " " + line + "\n").getBytes(StandardCharsets.UTF_8)));
    return Sha256.hex(all);
  }
}
