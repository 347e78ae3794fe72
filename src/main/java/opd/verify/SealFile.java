package opd.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.PlainText;
import org.jspecify.annotations.Nullable;

/// A seal in a file, read as a stream: it has a head for each chain, and may have a million.
public final class SealFile implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path path;
  private final JsonParser parser;
  private @Nullable Instant time;
  private @Nullable Long count;
  private @Nullable String digest;
  private @Nullable String lastChain;

  private SealFile(Path path) throws IOException {
    this.path = path;
    this.parser = JSON.createParser(Files.newBufferedReader(path));
  }

  /// @throws OpdException INVALID_INPUT when there is no such file or it is no seal
  static SealFile open(Path path) {
    try {
      SealFile file = new SealFile(path);
      try {
        file.readUpToHeads();
        return file;
      } catch (IOException | DateTimeException | OpdException e) {
        file.close();
        throw e;
      }
    } catch (IOException | DateTimeException e) {
      throw unreadable(path, e);
    }
  }

  /// Reads the whole file, and checks that it is a seal as it was made.
  ///
  /// @throws OpdException INVALID_INPUT when it is not
  public static Seal check(Path path) {
    try (SealFile file = open(path)) {
      SealDigest heads = new SealDigest();
      long entries = 0;
      for (Seal.Head head = file.next(); head != null; head = file.next()) {
        heads.add(head);
        entries += head.number();
      }
      if (!heads.hex().equals(file.digest)) {
        throw altered(path, "digest");
      }
      if (!Long.valueOf(entries).equals(file.count)) {
        throw altered(path, "count");
      }
      return new Seal(
          Objects.requireNonNull(file.time),
          Objects.requireNonNull(file.count),
          Objects.requireNonNull(file.digest));
    }
  }

  private static OpdException altered(Path path, String field) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the seal in %s is damaged: its %s does not fit its heads".formatted(name(path), field),
        "use a copy of it as it was printed; compare its digest with the one noted elsewhere");
  }

  private void readUpToHeads() throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("heads")) {
        expect(value, JsonToken.START_ARRAY);
        require(time != null && count != null);
        return;
      }
      field(field);
    }
    throw damaged();
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "time" -> time = Instant.parse(parser.getText());
      case "count" -> count = parser.getLongValue();
      case "digest" -> digest = parser.getText();
      default -> parser.skipChildren();
    }
  }

  /// The next head, or null after the last; the heads are in the order of their chains.
  ///
  /// @throws OpdException INVALID_INPUT when the file is no seal
  Seal.@Nullable Head next() {
    try {
      if (parser.nextToken() == JsonToken.END_ARRAY) {
        readRest();
        return null;
      }
      expect(parser.currentToken(), JsonToken.START_OBJECT);
      String chain = null;
      Long number = null;
      String hash = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "chain" -> chain = parser.getText();
          case "number" -> number = parser.getLongValue();
          case "hash" -> hash = parser.getText();
          default -> parser.skipChildren();
        }
      }
      if (chain == null || number == null || hash == null) {
        throw damaged();
      }
      require(lastChain == null || lastChain.compareTo(chain) < 0);
      lastChain = chain;
      return new Seal.Head(chain, number, hash);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void readRest() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      field(field);
    }
    expect(parser.currentToken(), JsonToken.END_OBJECT);
    require(digest != null);
  }

  private void expect(@Nullable JsonToken token, JsonToken wanted) {
    require(token == wanted);
  }

  private void require(boolean isFine) {
    if (!isFine) {
      throw damaged();
    }
  }

  private OpdException damaged() {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        name(path) + " is not a seal, or a damaged one",
        "give the file that 'opd audit seal' printed, unchanged");
  }

  private static OpdException unreadable(Path path, Exception cause) {
    boolean isDamaged = cause instanceof JsonProcessingException || !(cause instanceof IOException);
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        isDamaged
            ? name(path) + " is not a seal, or a damaged one"
            : "the file " + name(path) + " cannot be read",
        isDamaged
            ? "give the file that 'opd audit seal' printed, unchanged"
            : "check its name and rights",
        cause);
  }

  private static String name(Path path) {
    return PlainText.quote(path.toString());
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      // Everything was read, or the error is being told already.
    }
  }
}
