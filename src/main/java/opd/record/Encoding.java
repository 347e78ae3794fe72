package opd.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import opd.domain.Sha256;
import org.jspecify.annotations.Nullable;

/// An unambiguous text of several fields, and its digest: each field is written as its length in
/// bytes, a colon and its UTF-8 text, or as a single hyphen when it is null. So no two lists of
/// fields have the same text, whatever the fields contain. The database writes the audit chains the
/// same way.
public final class Encoding {
  private Encoding() {}

  /// The fields so that no two lists of fields give the same text: each as its length in bytes, a
  /// colon and itself, or a hyphen when null.
  public static String of(List<@Nullable String> fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      if (field == null) {
        text.append('-');
      } else {
        text.append(field.getBytes(StandardCharsets.UTF_8).length).append(':').append(field);
      }
    }
    return text.toString();
  }

  /// SHA-256 over the fields.
  public static byte[] sha256(@Nullable String... fields) {
    return Sha256.of(of(Arrays.asList(fields)).getBytes(StandardCharsets.UTF_8));
  }

  /// SHA-256 over the fields as lower-case hexadecimal digits.
  public static String sha256Hex(@Nullable String... fields) {
    return HexFormat.of().formatHex(sha256(fields));
  }
}
