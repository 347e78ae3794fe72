package opd.store.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.domain.FacilityName;
import opd.store.connection.Transaction;
import org.jooq.impl.DSL;

/// A property of an object of a facility's schema, as the database's catalogue has it.
///
/// @param object such as `trigger token.token_is_kept`; the schema's own name is left out
/// @param property such as `fires`
/// @param value in the server's words, on one line; of a function's body its digest
public record CatalogueLine(String object, String property, String value) {
  private static final String QUERY = Resource.text("/db/catalogue/lines.sql");
  private static final String EXPECTED = "/db/catalogue/expected.txt";

  // In the place of the name of a schema, and the beginning of those of its roles.
  private static final String SCHEMA = "${schema}";
  private static final char SEPARATOR = '\t';

  /// All that there are, in order. Any login may read them.
  public static List<CatalogueLine> read(Transaction transaction, FacilityName facility) {
    var sql = transaction.sql();
    for (Map.Entry<String, String> setting : session(facility).entrySet()) {
      sql.fetch(
          "select set_config({0}, {1}, true)",
          DSL.val(setting.getKey()), DSL.val(setting.getValue()));
    }
    return sql.fetch(QUERY)
        .map(row ->
            new CatalogueLine(
                row.get(0, String.class), row.get(1, String.class), row.get(2, String.class)));
  }

  /// What the server's words depend on: names stand without the first schema of the path. The plans
  /// for a desk's questions are not those for the catalogue.
  private static Map<String, String> session(FacilityName facility) {
    return Map.of(
        "search_path", facility.schema() + ", pg_temp",
        "enable_seqscan", "on",
        "TimeZone", "UTC",
        "DateStyle", "ISO, MDY",
        "IntervalStyle", "postgres",
        "quote_all_identifiers", "off");
  }

  /// What the migrations of this program and `db roles` make of a facility.
  static List<CatalogueLine> expected(FacilityName facility) {
    return Resource.text(EXPECTED)
        .lines()
        .map(line -> parse(line.replace(SCHEMA, facility.schema())))
        .toList();
  }

  private static CatalogueLine parse(String line) {
    String[] parts = line.split(String.valueOf(SEPARATOR), 3);
    return new CatalogueLine(parts[0], parts[1], parts[2]);
  }

  /// The text of what a facility is made of, for any facility.
  ///
  /// @param lines of this facility
  public static String text(Stream<CatalogueLine> lines, FacilityName facility) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line ->
        text.append(line.object)
            .append(SEPARATOR)
            .append(line.property)
            .append(SEPARATOR)
            .append(line.value)
            .append('\n'));
    return text.toString()
        .replaceAll("\\b" + facility.schema() + "(_owner|_desk|_auditor)?\\b", "\\${schema}$1");
  }
}
