package opd.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds which fields of two JSON texts differ.
final class JsonDifferences {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Told of each field that differs.
  interface Consumer {
    void accept(String field, @Nullable String expected, @Nullable String found);
  }

  private final Consumer consumer;
  private boolean isAnyFound;

  private JsonDifferences(Consumer consumer) {
    this.consumer = consumer;
  }

  /// @param name of the whole, with which the fields' names begin
  static void between(String name, String expected, String found, Consumer consumer) {
    JsonDifferences differences = new JsonDifferences(consumer);
    differences.compare(name, parse(expected), parse(found));
    if (!differences.isAnyFound) {
      // The same values, but written otherwise: their order or spaces were changed.
      consumer.accept(name, expected, found);
    }
  }

  /// The tree, or a missing node when the text is not JSON.
  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private void compare(String path, JsonNode expected, JsonNode found) {
    boolean isStructure =
        expected.isContainerNode() && expected.getNodeType() == found.getNodeType();
    if (!isStructure) {
      if (!expected.equals(found)) {
        isAnyFound = true;
        consumer.accept(path, text(expected), text(found));
      }
    } else if (expected instanceof ObjectNode) {
      Set<String> names = new LinkedHashSet<>();
      expected.fieldNames().forEachRemaining(names::add);
      found.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> compare(path + "." + name, expected.path(name), found.path(name)));
    } else {
      for (int index = 0; index < Math.max(expected.size(), found.size()); index++) {
        compare(path + "[" + index + "]", expected.path(index), found.path(index));
      }
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isMissingNode() ? null : node.isValueNode() ? node.asText() : node.toString();
  }
}
