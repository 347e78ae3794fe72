package opd.store.schema;

import static opd.jooq.Tables.FLYWAY_SCHEMA_HISTORY;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import opd.jooq.Routines;
import opd.store.connection.Transaction;
import opd.verify.Difference;
import org.jooq.Record1;

/// Compares the notes on which migrations were applied with the version that the schema notes.
/// When, by whom and in which time they were applied tells nothing of the facility.
public final class SchemaHistory {
  /// How many migrations make this program's tables, numbered from 1.
  static final int MIGRATIONS = 6;

  private static final String ROW = "flyway_schema_history";

  private SchemaHistory() {}

  /// Gives a difference for a history that is not that of this program's schema. A schema of a
  /// newer program, in which this one may still work, has another.
  public static void check(Transaction transaction, Consumer<Difference> consumer) {
    int version = transaction.sql().select(Routines.schemaVersion()).fetchSingle(Record1::value1);
    if (version != Schema.VERSION) {
      return;
    }
    List<String> expected =
        IntStream.rangeClosed(1, MIGRATIONS).mapToObj(Integer::toString).toList();
    List<String> found =
        transaction
            .sql()
            .select(FLYWAY_SCHEMA_HISTORY.VERSION)
            .from(FLYWAY_SCHEMA_HISTORY)
            .where(FLYWAY_SCHEMA_HISTORY.VERSION.isNotNull())
            .and(FLYWAY_SCHEMA_HISTORY.SUCCESS.isTrue())
            .orderBy(FLYWAY_SCHEMA_HISTORY.INSTALLED_RANK)
            .fetch(Record1::value1);
    if (!found.equals(expected)) {
      consumer.accept(Difference.inRow(null, ROW, "version", expected, found));
    }
    int failed =
        transaction
            .sql()
            .fetchCount(FLYWAY_SCHEMA_HISTORY, FLYWAY_SCHEMA_HISTORY.SUCCESS.isFalse());
    if (failed > 0) {
      consumer.accept(Difference.inRow(null, ROW, "success", "all", failed + " failed"));
    }
  }
}
