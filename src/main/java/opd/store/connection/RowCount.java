package opd.store.connection;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Counts the rows that a statement changes on the server, as part of the statement, which fails
/// when there are others than expected. So it can be sent together with COMMIT, which is then not
/// carried out; a count that is looked at here, as [Transaction#one] does, would come too late.
public final class RowCount {
  /// How many rows a statement of [#all] must change.
  public static final Param<Integer> ALL = DSL.param("rows_to_change", Integer.class);

  private RowCount() {}

  /// A statement that must change exactly one row.
  ///
  /// @param change returns the rows that it changes
  public static CachedStatement one(String what, Supplier<? extends ResultQuery<?>> change) {
    return new CachedStatement(() -> counted(DSL.inline(1), what, change.get()));
  }

  /// A statement that must change as many rows as its parameter [#ALL] says.
  ///
  /// @param change returns the rows that it changes
  public static BulkStatement all(
      String what, Function<BulkRows.Size, ? extends ResultQuery<?>> change) {
    return new BulkStatement(size -> counted(ALL, what, change.apply(size)));
  }

  private static Select<?> counted(Field<Integer> expected, String what, ResultQuery<?> change) {
    var changed = DSL.name("changed").as(change);
    return DSL.with(changed).select(check(changed, expected, what));
  }

  /// 0 where so many rows were changed, an error elsewhere.
  ///
  /// @param changed the rows that a part of the statement returns
  public static Field<Integer> check(
      CommonTableExpression<?> changed, Field<Integer> expected, String what) {
    Field<Integer> found = DSL.field(DSL.name("found"), SQLDataType.INTEGER);
    Field<Integer> wanted = DSL.field(DSL.name("wanted"), SQLDataType.INTEGER);
    var counts =
        DSL.select(DSL.count().as(found), expected.as(wanted)).from(changed).asTable("counts");
    // PostgreSQL raises errors of one's own only in functions. A text that is no number, taken for
    // one, does the same, and is what the error message quotes.
    Field<String> fault =
        DSL.concat(DSL.inline(what + " changed "), found, DSL.inline(" rows instead of "), wanted);
    return DSL.field(
        DSL.select(
                DSL.when(found.eq(wanted), DSL.inline(0))
                    .otherwise(fault.cast(SQLDataType.INTEGER)))
            .from(counts));
  }
}
