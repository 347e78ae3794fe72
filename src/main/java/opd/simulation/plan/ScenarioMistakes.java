package opd.simulation.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import opd.domain.PlainText;

/// What is wrong with a scenario, each mistake with the line and column of where it is.
final class ScenarioMistakes {
  private record Mistake(int line, int column, String sentence) {}

  private final Map<String, JsonLocation> places = new HashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  /// @param json that was read without a fault before
  ScenarioMistakes(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        JsonStreamContext there = parser.getParsingContext();
        places.putIfAbsent(
            path(token.isStructStart() ? there.getParent() : there), parser.currentTokenLocation());
      }
    } catch (IOException e) {
      throw new IllegalStateException("it was read before", e);
    }
  }

  /// As `events[0].at`; empty for the whole.
  private static String path(JsonStreamContext there) {
    if (there.inRoot()) {
      return "";
    }
    String within = path(there.getParent());
    if (there.inArray()) {
      return within + "[" + there.getCurrentIndex() + "]";
    }
    return within.isEmpty() ? there.getCurrentName() : within + "." + there.getCurrentName();
  }

  /// @param path of what is wrong, as `events[0].at`, or empty for the whole
  /// @param what must be so
  void add(String path, String what) {
    JsonLocation at = place(path);
    String name = path.isEmpty() ? "it" : PlainText.visible(path);
    mistakes.add(new Mistake(at.getLineNr(), at.getColumnNr(), name + " " + what));
  }

  /// Of what it is missing in, if it is not there.
  private JsonLocation place(String path) {
    String there = path;
    while (!places.containsKey(there)) {
      there =
          there.substring(0, Math.max(0, Math.max(there.lastIndexOf('.'), there.lastIndexOf('['))));
    }
    return Objects.requireNonNull(places.get(there));
  }

  /// In the order of their places.
  List<String> sentences() {
    return mistakes.stream()
        .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
        .map(mistake ->
            "line %d, column %d: %s"
                .formatted(mistake.line(), mistake.column(), mistake.sentence()))
        .toList();
  }
}
