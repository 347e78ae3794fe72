package opd.store.connection;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Many rows as a table inside a statement, given as one array for each column: the statement has
/// the same text for any number of rows, so that neither side has to read it anew, and no bound but
/// memory. At most one in a statement.
///
/// @param <T> what a row is made of
public final class BulkRows<T> {
  private static final Name TABLE = DSL.name("bulk");
  private static final Name PLACE = DSL.name("place");

  private final List<Column<T>> columns = new ArrayList<>();

  /// @param value gives a row's value as the driver takes it
  private record Column<T>(
      Name name, Param<Object[]> values, Function<T, @Nullable Object> value) {}

  /// One column more.
  ///
  /// @param target the column of the database that it is meant for, for its name and type
  /// @param value gives a row's value, which may be null
  public <V> Field<V> column(Field<V> target, Function<T, ? extends @Nullable V> value) {
    return column(target.getName(), target, value);
  }

  /// One column more, under a name of its own.
  ///
  /// @param like a column of the database with its type
  public <V> Field<V> column(String name, Field<V> like, Function<T, ? extends @Nullable V> value) {
    Name column = TABLE.append(DSL.name(name));
    Class<V> type = like.getType();
    if (type == Long.class) {
      add(name, "int8", value::apply);
    } else if (type == Integer.class) {
      add(name, "int4", value::apply);
    } else if (type == Short.class) {
      add(name, "int2", value::apply);
    } else if (type == String.class || type.isEnum()) {
      add(name, "text", row -> text(value.apply(row)));
    } else if (type == JSON.class || type == Instant.class || type == LocalDate.class) {
      add(name, "text", row -> text(value.apply(row)));
      return DSL.field(column, String.class).cast(like);
    } else {
      throw new IllegalArgumentException("no array of " + type);
    }
    return DSL.field(column, like.getDataType());
  }

  private void add(String name, String elementType, Function<T, @Nullable Object> value) {
    Param<Object[]> values = DSL.param("bulk." + name, ArrayBinding.of(elementType));
    columns.add(new Column<>(DSL.name(name), values, value));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /// One column of bytes more: as an array they would travel in octal.
  ///
  /// @param value gives a row's bytes in hexadecimal digits
  public Field<byte[]> hexColumn(Field<byte[]> target, Function<T, String> value) {
    Field<String> digits =
        column(target.getName(), DSL.field(target.getQualifiedName(), String.class), value);
    return DSL.function("decode", byte[].class, digits, DSL.inline("hex"));
  }

  /// The rows; all columns must have been named.
  public Table<?> table() {
    List<Name> names = new ArrayList<>(columns.stream().map(Column::name).toList());
    names.add(PLACE);
    // In jOOQ's own words, unnest takes one array, and ordinality becomes a window function.
    return DSL.table(
            "unnest({0}) with ordinality", DSL.list(columns.stream().map(Column::values).toList()))
        .as(TABLE, names.toArray(Name[]::new));
  }

  /// Where each row stands, to keep them in their order.
  public Field<Long> place() {
    return DSL.field(TABLE.append(PLACE), SQLDataType.BIGINT);
  }

  /// Gives the statement its rows.
  void bind(CachedStatement.Execution execution, List<T> rows) {
    for (Column<T> column : columns) {
      execution.with(column.values(), rows.stream().map(column.value()).toArray());
    }
  }
}
