package opd.output.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import opd.output.RowPrinter;
import opd.record.JsonText;
import org.jspecify.annotations.Nullable;

/// Rows made of JSON objects: so a column has the name that the field has there.
final class JsonRows {
  private final List<String[]> paths;
  private final RowPrinter rows;

  /// @param columns names of fields, with a dot before each that is within an object
  JsonRows(List<String> columns, RowPrinter rows) {
    this.paths = columns.stream().map(column -> column.split("\\.", -1)).toList();
    this.rows = rows;
  }

  void row(JsonNode node) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (String[] path : paths) {
      JsonNode value = node;
      for (String name : path) {
        value = value.path(name);
      }
      cells.add(cell(value));
    }
    rows.row(cells);
  }

  private static @Nullable Object cell(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING, NULL -> null;
      case STRING -> value.textValue();
      case NUMBER -> value.numberValue();
      case BOOLEAN -> value.booleanValue();
      case ARRAY -> {
        List<String> texts = new ArrayList<>();
        value.forEach(element -> texts.add(text(element)));
        yield String.join(" ", texts);
      }
      case OBJECT, POJO, BINARY -> JsonText.of(value);
    };
  }

  /// Of a token its label, which its reader can type.
  private static String text(JsonNode element) {
    JsonNode shown = element.path("label").isTextual() ? element.path("label") : element;
    return shown.isTextual() ? shown.textValue() : JsonText.of(shown);
  }

  void end() {
    rows.end();
  }
}
