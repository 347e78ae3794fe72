package opd.store.schema;

import java.util.List;
import java.util.stream.Collectors;
import opd.domain.FacilityName;
import opd.store.connection.Transaction;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// A table of a facility with those columns that make up its content.
///
/// @param schema the facility's
/// @param columns in the table's order
public record FacilityTable(String schema, String name, List<String> columns) {
  /// All of them, in the order of their names. Left out is what a migration writes, what the
  /// database computes from the rest, and in which transaction an entry was written, which means
  /// nothing on another server.
  public static List<FacilityTable> all(Transaction transaction, FacilityName facility) {
    return transaction
        .sql()
        .resultQuery(
            """
            select c.relname, array_agg(a.attname::text order by a.attnum)
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid
             where n.nspname = {0} and c.relkind = 'r'
               and c.relname <> 'flyway_schema_history'
               and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
               and a.attname <> 'transaction_id'
             group by c.relname order by c.relname collate "C"
            """,
            DSL.val(facility.schema()))
        .coerce(
            DSL.field("relname", SQLDataType.VARCHAR),
            DSL.field("columns", SQLDataType.VARCHAR.array()))
        .fetch(row -> new FacilityTable(facility.schema(), row.value1(), List.of(row.value2())));
  }

  /// How many rows they have together.
  public static long rows(Transaction transaction, List<FacilityTable> tables) {
    return tables.stream()
        .mapToLong(table ->
            transaction
                .sql()
                .selectCount()
                .from(DSL.name(table.schema(), table.name()))
                .fetchSingle(0, Long.class))
        .sum();
  }

  String withColumns() {
    return "%s.%s (%s)"
        .formatted(
            quoted(schema),
            quoted(name),
            columns.stream().map(FacilityTable::quoted).collect(Collectors.joining(", ")));
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
