package opd.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import opd.domain.Sha256;
import opd.record.Encoding;

/// SHA-256 over the heads of all chains in the chains' order, each written as in [Encoding]: chain,
/// number, hash.
public final class SealDigest {
  private final MessageDigest digest = Sha256.start();

  public void add(Seal.Head head) {
    String text =
        Encoding.of(Arrays.asList(head.chain(), Long.toString(head.number()), head.hash()));
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The digest in hexadecimal digits; to be asked for once, at the end.
  public String hex() {
    return Sha256.hex(digest);
  }
}
