package opd.store.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opd.domain.FacilityName;
import opd.store.connection.Transaction;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// A property of an object of a facility's schema, as the database's catalogue has it.
///
/// @param object such as `trigger token.token_is_kept`
/// @param property such as `fires`
/// @param value in the server's words, on one line; of a function's body its digest
public record CatalogueLine(String object, String property, String value) {
  private static final String QUERY = Resource.text("/db/catalogue/lines.sql");
  private static final String EXPECTED = "/db/catalogue/expected.txt";

  // In the place of the name of a schema, and the beginning of those of its roles.
  private static final String SCHEMA = "${schema}";
  private static final char SEPARATOR = '\t';

  /// What the server's words depend on. The plans for a desk's questions are not those for the
  /// catalogue.
  private static final Map<String, String> SESSION =
      Map.of(
          "search_path", "pg_catalog, pg_temp",
          "enable_seqscan", "on",
          "enable_hashjoin", "on",
          "enable_mergejoin", "on",
          "TimeZone", "UTC",
          "DateStyle", "ISO, MDY",
          "IntervalStyle", "postgres",
          "quote_all_identifiers", "off");

  /// All that there are, in order. Any login may read them.
  public static List<CatalogueLine> read(Transaction transaction, FacilityName facility) {
    DSLContext sql = transaction.sql();
    String path = sql.fetchSingle("select current_setting('search_path')").get(0, String.class);
    SESSION.forEach((name, value) -> set(sql, name, value));
    List<CatalogueLine> lines =
        sql.fetch(QUERY, DSL.val(facility.schema()))
            .map(row ->
                new CatalogueLine(
                    row.get(0, String.class), row.get(1, String.class), row.get(2, String.class)));
    set(sql, "search_path", path);
    return lines;
  }

  /// For the rest of the transaction.
  private static void set(DSLContext sql, String name, String value) {
    sql.fetch("select set_config({0}, {1}, true)", DSL.val(name), DSL.val(value));
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
        .replaceAll(
            "\\b" + facility.schema() + "(_owner|_desk|_room|_auditor)?\\b", "\\${schema}$1");
  }
}
