package opd.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// A text in another encoding as UTF-8. What is none in that encoding becomes a replacement
/// character, which no field takes.
final class Transcoded extends InputStream {
  private static final int CHARACTERS_AT_ONCE = 8192;

  private final Reader text;
  private final char[] characters = new char[CHARACTERS_AT_ONCE];
  private byte[] bytes = new byte[0];
  private int next;
  // The first half of a character whose other half is still to be read.
  private int kept;

  Transcoded(InputStream encoded, Charset charset) {
    this.text = new InputStreamReader(encoded, charset);
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, target, offset, count);
    next += count;
    return count;
  }

  private boolean fill() throws IOException {
    while (next == bytes.length) {
      int read = text.read(characters, kept, characters.length - kept);
      if (read < 0 && kept == 0) {
        return false;
      }
      int count = kept + Math.max(read, 0);
      boolean isHalf = read > 0 && Character.isHighSurrogate(characters[count - 1]);
      kept = isHalf ? 1 : 0;
      bytes = new String(characters, 0, count - kept).getBytes(StandardCharsets.UTF_8);
      next = 0;
      if (isHalf) {
        characters[0] = characters[count - 1];
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
