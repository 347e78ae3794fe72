package opd.intake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import opd.domain.PlainText;
import opd.domain.Similar;

/// Tells which column is meant by what stands in a header: its own name, or one of those in the
/// resource `column-names.txt`.
final class ColumnNames {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Z}._-]+");

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Z}&&[^ ]]");

  private final ListKind kind;
  private final Map<String, String> columns = new HashMap<>();

  ColumnNames(ListKind kind) {
    this.kind = kind;
    kind.known().forEach(name -> columns.put(plain(name), name));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ColumnNames.class.getResourceAsStream("column-names.txt")),
                StandardCharsets.UTF_8))) {
      reader.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] columnAndNames = line.split(":", 2);
    if (kind.known().contains(columnAndNames[0])) {
      for (String name : columnAndNames[1].split(",", -1)) {
        columns.putIfAbsent(plain(name), columnAndNames[0]);
      }
    }
  }

  /// The name without what makes no difference.
  static String plain(String name) {
    return BETWEEN_WORDS
        .matcher(CellText.clean(name).toLowerCase(Locale.ROOT))
        .replaceAll(" ")
        .strip();
  }

  /// The name for a message, in quotes and with what is invisible made visible.
  static String shown(String name) {
    return INVISIBLE
        .matcher(PlainText.quote(name))
        .replaceAll(match -> "<U+%04X>".formatted(match.group().codePointAt(0)));
  }

  /// What the list is about.
  ListKind kind() {
    return kind;
  }

  /// The column that is meant, or empty when none is.
  Optional<String> column(String name) {
    return Optional.ofNullable(columns.get(plain(name)));
  }

  /// Whether nobody needs to be told that it means nothing.
  boolean isPassedOver(String name) {
    return kind.passedOver().contains(plain(name));
  }

  /// The column that was probably meant.
  Optional<String> similar(String name) {
    List<String> known =
        columns.keySet().stream().filter(each -> !each.contains(" ")).sorted().toList();
    return Similar.to(plain(name), kind.known())
        .or(() -> Similar.to(plain(name), known).map(columns::get));
  }
}
