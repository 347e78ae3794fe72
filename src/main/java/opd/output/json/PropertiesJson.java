package opd.output.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import opd.output.Properties;
import opd.service.Check;

/// Named values, and checks of them, as JSON.
final class PropertiesJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PropertiesJson() {}

  static ObjectNode of(Properties properties) {
    ObjectNode node = JSON.objectNode();
    properties
        .values()
        .forEach((name, value) -> {
          switch (value) {
            case null -> node.putNull(name);
            case Boolean flag -> node.put(name, flag);
            case Integer number -> node.put(name, number);
            case Long number -> node.put(name, number);
            case List<?> texts -> {
              ArrayNode array = node.putArray(name);
              texts.forEach(text -> array.add(text.toString()));
            }
            default -> node.put(name, value.toString());
          }
        });
    return node;
  }

  static ObjectNode of(List<Check> checks) {
    ObjectNode node = JSON.objectNode().put("ok", checks.stream().allMatch(Check::ok));
    ArrayNode array = node.putArray("checks");
    for (Check check : checks) {
      ObjectNode each =
          array
              .addObject()
              .put("name", check.name())
              .put("ok", check.ok())
              .put("found", check.found())
              .put("expected", check.expected());
      if (check.remedy() != null) {
        each.put("remedy", check.remedy());
      }
    }
    return node;
  }
}
