package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/// What `opd schema` prints, held against what is really printed.
final class OutputSchema {
  private OutputSchema() {}

  /// @param result as `opd schema` names it
  /// @return the document, which is as the schema says
  static JsonNode checked(String result, JsonNode document) {
    assertThat(faults(result, document.toString())).as(document.toString()).isEmpty();
    return document;
  }

  static java.util.List<?> faults(String result, String document) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SchemaCommand.schema(result))
        .validate(document, InputFormat.JSON);
  }
}
