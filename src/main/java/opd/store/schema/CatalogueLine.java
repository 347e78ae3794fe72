package opd.store.schema;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String ON_CITUS = "/db/catalogue/citus.txt";

  private static final Pattern OWN_NUMBERS =
      Pattern.compile("bigint from ([0-9]+) by 1 within \\1 and [0-9]+, 1 at once");
  private static final String ALL_NUMBERS =
      "bigint from 1 by 1 within 1 and 9223372036854775807, 1 at once";

  // In the place of the name of a schema, and the beginning of those of its roles.
  private static final String SCHEMA = "${schema}";
  private static final char SEPARATOR = '\t';

  /// What the server's words depend on. The plans for a desk's questions are not those for the
  /// catalogue.
  private static final Map<String, String> SESSION =
      Map.of(
          "search_path", "pg_catalog, pg_temp",
          "enable_seqscan", "on",
          "enable_bitmapscan", "on",
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
    return transaction.isCitus() ? lines.stream().map(CatalogueLine::plain).toList() : lines;
  }

  /// Citus gives each server numbers of its own, by the upper sixteen bits.
  private CatalogueLine plain() {
    Matcher range = OWN_NUMBERS.matcher(value);
    boolean isOwn = range.matches() && (Long.parseLong(range.group(1)) & 0xFFFF_FFFF_FFFFL) == 1;
    return isOwn ? new CatalogueLine(object, property, ALL_NUMBERS) : this;
  }

  /// For the rest of the transaction.
  private static void set(DSLContext sql, String name, String value) {
    sql.fetch("select set_config({0}, {1}, true)", DSL.val(name), DSL.val(value));
  }

  /// What the migrations of this program and `db roles` make of a facility.
  ///
  /// @param isCitus whether on a server with Citus
  static List<CatalogueLine> expected(FacilityName facility, boolean isCitus) {
    List<CatalogueLine> lines = read(EXPECTED, facility);
    if (!isCitus) {
      return lines;
    }
    List<CatalogueLine> there = read(ON_CITUS, facility);
    return Stream.concat(
            lines.stream().filter(line -> there.stream().noneMatch(line::isOfSame)), there.stream())
        .toList();
  }

  private boolean isOfSame(CatalogueLine other) {
    return object.equals(other.object) && property.equals(other.property);
  }

  private static List<CatalogueLine> read(String resource, FacilityName facility) {
    return Resource.text(resource)
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
