package opd.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one JSON object a line; blank lines are passed over.
final class JsonLines implements Iterator<RawLine> {
  private static final int MOST_BYTES = 1 << 24;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final InputStream bytes;
  private final ColumnNames names;
  private final UnknownColumns unknown;
  private long number;
  private @Nullable RawLine following;

  JsonLines(InputStream bytes, ColumnNames names, UnknownColumns unknown) {
    this.bytes = new BufferedInputStream(bytes, 1 << 16);
    this.names = names;
    this.unknown = unknown;
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
    return RawLine.Broken.at(number, "the line is longer than " + MOST_BYTES + " bytes");
  }

  /// Null for a blank line.
  private @Nullable RawLine parse(byte[] line) {
    Optional<String> text = Utf8.decode(line);
    if (text.isEmpty()) {
      return RawLine.Broken.at(number, "the line is not UTF-8");
    }
    if (CellText.clean(text.get()).isEmpty()) {
      return null;
    }
    try {
      JsonNode node = MAPPER.readTree(text.get());
      return node.isObject()
          ? fields(node)
          : RawLine.Broken.at(number, "the line is not a JSON object; write one object a line");
    } catch (JsonProcessingException e) {
      return RawLine.Broken.at(
          number, "the line is not JSON, or more than that; write one object a line");
    }
  }

  private RawLine fields(JsonNode node) {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      Optional<String> column = names.column(field.getKey());
      if (column.isEmpty()) {
        unknown.add(field.getKey(), names);
        continue;
      }
      if (value.isContainerNode() || value.isBoolean()) {
        return new RawLine.Broken(
            number, column.get(), "field " + column.get() + " is neither text nor a number");
      }
      String text = value.isNull() ? "" : CellText.clean(value.asText());
      if (!text.isEmpty() && values.put(column.get(), text) != null) {
        return new RawLine.Broken(
            number, column.get(), "the line names " + column.get() + " twice");
      }
    }
    return new RawLine.Fields(number, values);
  }
}
