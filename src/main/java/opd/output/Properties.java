package opd.output;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Named values in a fixed order: strings, numbers, booleans, lists of strings and nulls.
public final class Properties {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /// @param name as the field in JSON
  public Properties with(String name, @Nullable Object value) {
    values.put(name, value);
    return this;
  }

  public Map<String, @Nullable Object> values() {
    return values;
  }
}
