package opd.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/// Writes a tree as [JsonNode#toString()] does, character for character, but without the mapper
/// behind that, whose some 250 classes every allocation at the desk would wait for.
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /// One line, without blanks.
  ///
  /// @throws IllegalArgumentException when it holds something that no JSON text consists of
  public static String of(JsonNode node) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(node, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonNode node, JsonGenerator generator) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        generator.writeStartObject();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          generator.writeFieldName(field.getKey());
          write(field.getValue(), generator);
        }
        generator.writeEndObject();
      }
      case ARRAY -> {
        generator.writeStartArray();
        for (JsonNode element : node) {
          write(element, generator);
        }
        generator.writeEndArray();
      }
      case STRING -> generator.writeString(node.textValue());
      case NUMBER -> generator.writeNumber(node.asText());
      case BOOLEAN -> generator.writeBoolean(node.booleanValue());
      case NULL -> generator.writeNull();
      case POJO -> raw(node).serialize(generator);
      case BINARY, MISSING -> throw new IllegalArgumentException("no JSON: " + node.getNodeType());
    }
  }

  /// JSON that was text already, such as the stored facts of an audit entry.
  private static RawValue raw(JsonNode node) {
    if (node instanceof POJONode holder && holder.getPojo() instanceof RawValue raw) {
      return raw;
    }
    throw new IllegalArgumentException("no JSON: an object of Java");
  }
}
