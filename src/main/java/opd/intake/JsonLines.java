package opd.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one JSON object a line; blank lines are passed over.
final class JsonLines implements Iterator<RawLine> {
  private static final int MOST_BYTES = 1 << 24;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final InputStream bytes;
  private final Consumer<String> warnings;
  private final Set<String> warned = new HashSet<>();
  private long number;
  private @Nullable RawLine following;

  /// @param warnings told of each field that means nothing here, once
  JsonLines(InputStream bytes, Consumer<String> warnings) {
    this.bytes = new BufferedInputStream(bytes, 1 << 16);
    this.warnings = warnings;
  }

  @Override
  public boolean hasNext() {
    while (following == null) {
      Optional<byte[]> line = readLine();
      if (line.isEmpty()) {
        return false;
      }
      number++;
      following = line.get().length > MOST_BYTES ? tooLong() : parse(line.get());
    }
    return true;
  }

  @Override
  public RawLine next() {
    if (!hasNext() || following == null) {
      throw new NoSuchElementException();
    }
    RawLine line = following;
    following = null;
    return line;
  }

  /// Up to the line feed; of a line that is too long only a little more than the bound is kept.
  private Optional<byte[]> readLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = bytes.read();
      if (next < 0) {
        return Optional.empty();
      }
      for (; next >= 0 && next != '\n'; next = bytes.read()) {
        if (line.size() <= MOST_BYTES) {
          line.write(next);
        }
      }
      return Optional.of(line.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawLine tooLong() {
    return new RawLine.Broken(number, "the line is longer than " + MOST_BYTES + " bytes");
  }

  /// Null for a blank line.
  private @Nullable RawLine parse(byte[] line) {
    Optional<String> text = Utf8.decode(line);
    if (text.isEmpty()) {
      return new RawLine.Broken(number, "the line is not UTF-8");
    }
    if (text.get().isBlank()) {
      return null;
    }
    try {
      JsonNode node = MAPPER.readTree(text.get());
      return node.isObject()
          ? fields(node)
          : new RawLine.Broken(number, "the line is not a JSON object");
    } catch (JsonProcessingException e) {
      return new RawLine.Broken(number, "the line is not JSON");
    }
  }

  private RawLine fields(JsonNode node) {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      if (value.isContainerNode() || value.isBoolean()) {
        return new RawLine.Broken(
            number, "field " + field.getKey() + " is neither text nor a number");
      }
      if (!Columns.KNOWN.contains(field.getKey()) && warned.add(field.getKey())) {
        warnings.accept(Header.unknown(field.getKey()));
      }
      if (!value.isNull() && !value.asText().isBlank()) {
        values.put(field.getKey(), value.asText());
      }
    }
    return new RawLine.Fields(number, values);
  }
}
