package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/// What `opd schema` prints, held against what is really printed.
final class OutputSchema {
  private OutputSchema() {}

  /// @param result as `opd schema` names it
  /// @return the document, which is as the schema says, and has no field that it does not tell of
  static JsonNode checked(String result, JsonNode document) {
    assertThat(faults(result, document.toString())).as(document.toString()).isEmpty();
    return document;
  }

  static List<?> faults(String result, String document) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(closed(SchemaCommand.schema(result)))
        .validate(document, InputFormat.JSON);
  }

  /// Who reads what is printed must expect new fields; here each has to be told of.
  private static String closed(String schema) {
    try {
      JsonNode root = new ObjectMapper().readTree(schema);
      close(root);
      return root.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("properties").isObject()) {
      object.put("additionalProperties", false);
    }
    node.forEach(OutputSchema::close);
  }
}
