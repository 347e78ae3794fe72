package opd.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;

/// Where a list comes from.
public final class Source implements AutoCloseable {
  private final String name;
  private final Counted bytes;
  private final OptionalLong size;
  private final Optional<Format> format;

  private Source(String name, InputStream bytes, OptionalLong size, Optional<Format> format) {
    this.name = name;
    this.bytes = new Counted(bytes);
    this.size = size;
    this.format = format;
  }

  /// A stream of unknown length.
  ///
  /// @param name for messages
  /// @param format empty to tell by the first character: a brace begins JSON Lines
  public static Source of(String name, InputStream bytes, Optional<Format> format) {
    return new Source(name, bytes, OptionalLong.empty(), format);
  }

  /// @param format empty to tell by the first character: a brace begins JSON Lines
  /// @throws OpdException INVALID_INPUT when the file cannot be read
  public static Source of(Path file, Optional<Format> format) {
    if (Files.isDirectory(file)) {
      throw OpdException.invalid(PlainText.quote(file.toString()) + " is a folder, not a list");
    }
    try {
      // A pipe or a device says 0, which is no size.
      long length = Files.isRegularFile(file) ? Files.size(file) : 0;
      OptionalLong size = length > 0 ? OptionalLong.of(length) : OptionalLong.empty();
      return new Source(file.toString(), Files.newInputStream(file), size, format);
    } catch (NoSuchFileException e) {
      throw OpdException.invalid("there is no file " + PlainText.quote(file.toString()));
    } catch (IOException e) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the file " + PlainText.quote(file.toString()) + " cannot be read",
          "look at its permissions",
          e);
    }
  }

  /// @param names of the columns that the list may have
  /// @param warnings told of each column that means nothing, once
  /// @throws OpdException INVALID_INPUT when it is no list, or has no usable header
  Iterator<RawLine> lines(ColumnNames names, Consumer<String> warnings) {
    UnknownColumns unknown = new UnknownColumns(warnings);
    try {
      ListText text = ListText.of(bytes);
      return switch (format.isPresent() ? format.get() : text.format()) {
        case CSV -> {
          char separator = text.separator(names);
          yield new CsvLines(text.bytes(), separator, text.linesBefore(), names, unknown);
        }
        case JSONL -> new JsonLines(text.bytes(), names, unknown);
      };
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// How much of the list was read, from 0 to 1; empty when its size is not known. May be asked by
  /// any thread.
  public OptionalDouble shareRead() {
    return size.isPresent()
        ? OptionalDouble.of(Math.min(1, (double) bytes.read.get() / size.getAsLong()))
        : OptionalDouble.empty();
  }

  OpdException unreadable(Exception e) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the list " + PlainText.quote(name) + " could not be read to its end",
        "what was decided so far stays; run the same command again",
        e);
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      // Everything was read; there is nothing left to save.
    }
  }

  /// Counts what is read in blocks, as the buffer around it does.
  private static final class Counted extends FilterInputStream {
    private final AtomicLong read = new AtomicLong();

    Counted(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
      int count = super.read(block, offset, length);
      read.addAndGet(Math.max(count, 0));
      return count;
    }
  }
}
