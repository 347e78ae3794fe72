package opd.intake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import opd.domain.OpdException;

/// The bytes of a list as UTF-8 without a mark, and what their beginning tells. No more is read
/// ahead than the first line that says something: a program may write the next one only once this
/// one's result is there.
final class ListText {
  private static final int BUFFER = 1 << 16;

  private final InputStream bytes;
  private long linesBefore;

  private ListText(InputStream bytes) {
    this.bytes = bytes;
  }

  /// @throws OpdException INVALID_INPUT when it is another kind of file
  static ListText of(InputStream raw) throws IOException {
    ListText text = new ListText(decoded(new BufferedInputStream(raw, BUFFER)));
    byte[] first = text.firstLine();
    boolean isPacked = first.length > 1 && first[0] == 'P' && first[1] == 'K';
    Optional<OpdException> other =
        FileKind.notAList(isPacked ? text.ahead(FileKind.MOST_BYTES) : first);
    if (other.isPresent()) {
      throw other.get();
    }
    return text;
  }

  private static InputStream decoded(InputStream raw) throws IOException {
    raw.mark(3);
    int first = raw.read();
    int second = raw.read();
    int third = raw.read();
    raw.reset();
    if (first == 0xEF && second == 0xBB && third == 0xBF) {
      raw.skipNBytes(3);
      return raw;
    }
    boolean isBigEndian = first == 0xFE && second == 0xFF;
    boolean isLittleEndian = first == 0xFF && second == 0xFE;
    if (isBigEndian || isLittleEndian) {
      raw.skipNBytes(2);
      var charset = isBigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
      return new BufferedInputStream(new Transcoded(raw, charset), BUFFER);
    }
    return raw;
  }

  InputStream bytes() {
    return bytes;
  }

  /// How many lines were taken away.
  long linesBefore() {
    return linesBefore;
  }

  /// @throws OpdException INVALID_INPUT for a JSON array
  Format format() throws IOException {
    String first = text(firstLine()).stripLeading();
    if (first.startsWith("[")) {
      throw FileKind.array();
    }
    return first.startsWith("{") ? Format.JSONL : Format.CSV;
  }

  /// The separator of the fields. A line that only tells which it is is taken away.
  char separator(ColumnNames names) throws IOException {
    String first = text(firstLine());
    Optional<Character> instructed = Separator.instructed(first.stripLeading());
    if (instructed.isEmpty()) {
      return Separator.of(first, names);
    }
    skipLine();
    return instructed.get();
  }

  private void skipLine() throws IOException {
    int next = bytes.read();
    while (next >= 0 && (next == '\n' || next == '\r')) {
      linesBefore += next == '\n' ? 1 : 0;
      next = bytes.read();
    }
    while (next >= 0 && next != '\n' && next != '\r') {
      next = bytes.read();
    }
    bytes.mark(1);
    if (next == '\r' && bytes.read() != '\n') {
      bytes.reset();
    }
    linesBefore++;
  }

  /// Up to the end of the first line that is not blank.
  private byte[] firstLine() throws IOException {
    bytes.mark(BUFFER);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean isBlank = true;
    int next = bytes.read();
    while (next >= 0 && line.size() < BUFFER - 1 && (isBlank || (next != '\n' && next != '\r'))) {
      line.write(next);
      isBlank &= Character.isWhitespace(next);
      next = bytes.read();
    }
    bytes.reset();
    return line.toByteArray();
  }

  private byte[] ahead(int most) throws IOException {
    bytes.mark(most);
    byte[] read = bytes.readNBytes(most);
    bytes.reset();
    return read;
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}
