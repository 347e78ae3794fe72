package opd.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import opd.domain.Sha256;

/// SHA-256 over entries in the order of chain and number: over one line for each chain in the order
/// of its bytes, with the chain, a space, how many entries, a space, the SHA-256 over their hashes
/// in hexadecimal digits, and a line feed. So the chains may come in any order.
final class EntriesDigest {
  private final Map<String, String> lines = new TreeMap<>();
  private long count;

  /// @param entries all of the chain that count, by number
  void add(String chain, List<LogEntry> entries) {
    MessageDigest ofChain = Sha256.start();
    for (LogEntry entry : entries) {
      ofChain.update(entry.hash().getBytes(StandardCharsets.US_ASCII));
    }
    lines.put(chain, entries.size() + " " + Sha256.hex(ofChain));
    count += entries.size();
  }

  /// How many entries there were.
  long count() {
    return count;
  }

  String hex() {
    MessageDigest all = Sha256.start();
    lines.forEach(
        (name, line) -> all.update((name + " " + line + "\n").getBytes(StandardCharsets.UTF_8)));
    return Sha256.hex(all);
  }
}
