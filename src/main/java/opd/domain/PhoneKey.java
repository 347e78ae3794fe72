package opd.domain;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The facility's key under which phone numbers enter digests and ids: without it nobody can try
/// out the few numbers that there are.
public final class PhoneKey {
  /// How many bytes a key has.
  public static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /// @param bytes 32 of them
  public PhoneKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a phone key has " + BYTES + " bytes, not " + bytes.length);
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /// A key that nobody knows.
  public static PhoneKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new PhoneKey(bytes);
  }

  /// The key itself, a copy.
  public byte[] bytes() {
    return key.getEncoded();
  }

  /// What stands for the number: HMAC-SHA-256 of its E.164 form, in hexadecimal digits.
  public String hmac(PhoneNumber phone) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(phone.e164().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// Never the key itself, which a log could keep.
  @Override
  public String toString() {
    return "a phone key";
  }
}
